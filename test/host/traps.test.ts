import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from './support/host-process.ts';
import { startPausedHost } from './support/paused-host.ts';
import type { PausedHost } from './support/paused-host.ts';

const DAY = 86_400_000;
let host: PausedHost;

beforeAll(async () => {
  host = await startPausedHost('traps');
});
afterAll(() => host.stop());

/** How many events of a type an instance has had. */
const count = async (id: string, type: string): Promise<number> =>
  ((await host.status(id, '?showHistory=true')).historyEvents ?? []).filter((event) => event['EventType'] === type).length;
const hasHad = (id: string, type: string, times = 1): Promise<void> => until(async () => (await count(id, type)) >= times);
const runtimeStatus = async (id: string): Promise<string> => (await host.status(id)).runtimeStatus;
const starts = async (name: string, id: string, input?: unknown): Promise<void> => {
  await host.start(name, id, input);
  await until(async () => (await runtimeStatus(id)) !== 'Pending');
};
/** It stands still, also after two months. */
const hangs = async (id: string): Promise<void> => {
  await host.pass(60 * DAY);
  expect(await runtimeStatus(id)).toBe('Running');
};

describe('The known traps of durable-functions 3.5.0, as they are on Azure:', () => {
  it('1. a timer that is yielded again and cancelled hangs the orchestration at its next activity', async () => {
    await starts('deadlineAgain', 'again-1', 'cancel');
    for (const times of [1, 2]) {
      await host.raise('again-1', 'E', times);
      await hasHad('again-1', 'EventRaised', times);
    }
    await hasHad('again-1', 'TaskCompleted');
    await hangs('again-1');
  });

  it('1. a timer that is yielded again gives its end to the next activity, whose result is lost', async () => {
    await starts('deadlineAgain', 'again-2');
    for (const times of [1, 2]) {
      await host.raise('again-2', 'E', times);
      await hasHad('again-2', 'EventRaised', times);
    }
    await host.pass(DAY);
    expect((await host.end('again-2')).output).toEqual({});
  });

  it('1. an event task may be yielded again', async () => {
    await starts('eventAgain', 'again-3');
    await host.advance(2000);
    await hasHad('again-3', 'TimerFired');
    await host.raise('again-3', 'E', 1);
    expect((await host.end('again-3')).output).toEqual({ isEvent: true, result: 'done' });
  });

  it('2. a timer of more than six days that is cancelled after its first leg breaks the replay', async () => {
    await starts('cancelLong', 'long-1');
    await host.advance(3 * DAY);
    await hasHad('long-1', 'TimerFired');
    await host.raise('long-1', 'E', 1);
    expect(await host.end('long-1')).toMatchObject({
      runtimeStatus: 'Failed',
      output: expect.stringMatching(/^Non-Deterministic workflow detected: .* scheduled a timer task with sequence number 1/),
    });
  });

  it('2. one that is cancelled before, while the orchestration lives on, hangs it when the leg is over', async () => {
    await starts('cancelLong', 'long-2');
    await host.raise('long-2', 'E', 1);
    await hasHad('long-2', 'EventRaised');
    await host.advance(3 * DAY);
    await hasHad('long-2', 'TimerFired');
    await host.raise('long-2', 'Later', 1);
    await hasHad('long-2', 'TaskCompleted');
    await hangs('long-2');
  });

  it('2. one that is not cancelled works', async () => {
    await starts('waitLong', 'long-3');
    await host.pass(30 * DAY);
    expect((await host.end('long-3')).output).toBe('done');
    expect(await count('long-3', 'TimerFired')).toBe(10);
  });

  it('3. a retry with a time-out hangs once that is over', async () => {
    await starts('retryTimeout', 'retry-1');
    await hasHad('retry-1', 'TaskFailed');
    await host.advance(60_000);
    await hasHad('retry-1', 'TaskFailed', 2);
    await hangs('retry-1');
    expect(await count('retry-1', 'TaskFailed')).toBe(2);
  });

  it('4. a timer that is not cancelled keeps an orchestration that has returned running', async () => {
    await starts('openTimer', 'open-1');
    await host.raise('open-1', 'E', 1);
    await hasHad('open-1', 'EventRaised');
    expect(await runtimeStatus('open-1')).toBe('Running');
    await host.advance(DAY);
    expect((await host.end('open-1')).output).toBe('done');
  });

  it('5. continueAsNew drops what came before it and was not waited for, and quotes a string once more', async () => {
    await starts('eternal', 'eternal-1');
    await host.raise('eternal-1', 'Other', 1);
    await hasHad('eternal-1', 'EventRaised');
    await host.raise('eternal-1', 'Go', 1);
    await until(async () => (await host.status('eternal-1')).input !== null);
    await host.pass(DAY);
    expect((await host.end('eternal-1')).output).toEqual({ input: '"again"', got: false });
  });

  it('6. an event whose name is written in another case hangs the one who waits for it', async () => {
    await starts('eventCase', 'case-1');
    await host.raise('case-1', 'approval', true);
    await hasHad('case-1', 'EventRaised');
    await host.raise('case-1', 'Approval', true);
    await host.end('case-1');
    await starts('eventCase', 'case-2');
    await host.raise('case-2', 'approval', true);
    await hasHad('case-2', 'EventRaised');
    await hangs('case-2');
  });

  it('7. of two waits for one event the newer is served first', async () => {
    await starts('twoWaits', 'waits-1');
    for (const value of [1, 2]) await host.raise('waits-1', 'E', value);
    expect((await host.end('waits-1')).output).toEqual([2, 1]);
  });

  it('8. a text in an input property called Timestamp becomes a Date', async () => {
    await starts('timestamp', 'timestamp-1', { Timestamp: '2026-01-01T00:00:00Z' });
    expect((await host.end('timestamp-1')).output).toBe('a Date');
  });
});
