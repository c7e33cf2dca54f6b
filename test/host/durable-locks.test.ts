import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from './support/host-process.ts';
import { startPausedHost } from './support/paused-host.ts';
import type { PausedHost } from './support/paused-host.ts';

let host: PausedHost;

beforeAll(async () => {
  host = await startPausedHost('durable');
});
afterAll(() => host.stop());

/** Starts an orchestration that locks the entity and holds it. */
const hold = async (id: string, key: string): Promise<void> => {
  await host.start('holder', id, key);
  await until(async () => (await host.status(id)).customStatus === 'locked');
};
const runtimeStatus = async (id: string): Promise<string> => (await host.status(id)).runtimeStatus;

describe('A lock of entities', () => {
  it('keeps everybody else out, in whatever order they ask for it, and nobody waits for ever', async () => {
    const transfers = Array.from({ length: 20 }, (_, index) => `transfer-${index}`);
    for (const [index, id] of transfers.entries())
      await host.start('transfer', id, index % 2 === 0 ? { from: 'a', to: 'b' } : { from: 'b', to: 'a' });
    for (const id of transfers)
      expect(await host.end(id)).toMatchObject({ output: { moved: [-1, 1], inside: [true, ['a', 'b']], outside: false } });
  });

  it('lets nobody in before it is released, and then those who wait in their order', async () => {
    await hold('holder-1', 'held');
    await host.start('outsider', 'outsider-1', 'held');
    await host.start('outsider', 'outsider-2', 'free');
    await host.end('outsider-2');
    expect(await runtimeStatus('outsider-1')).toBe('Running');
    await host.raise('holder-1', 'order', 'release');
    expect(await host.end('outsider-1')).toMatchObject({ output: 0 });
    expect(await runtimeStatus('holder-1')).toBe('Running');
  });

  it.each(['end', 'fail'])('is released where the orchestration comes to its %s without doing so', async (order) => {
    await hold(`holder-${order}`, order);
    await host.start('holder', `next-${order}`, order);
    await host.raise(`holder-${order}`, 'order', order);
    await until(async () => (await host.status(`next-${order}`)).customStatus === 'locked');
  });

  it('is released where the orchestration is terminated, also for one that still waited for it', async () => {
    await hold('holder-3', 'terminated');
    await host.start('holder', 'waiting-3', 'terminated');
    await host.start('outsider', 'outsider-3', 'terminated');
    await until(async () => (await runtimeStatus('waiting-3')) === 'Running');
    for (const id of ['waiting-3', 'holder-3']) await fetch(host.durable(`instances/${id}/terminate`), { method: 'POST' });
    expect(await host.end('outsider-3')).toMatchObject({ output: 0 });
  });

  it('holds its owner to the rules of a critical section', async () => {
    await host.start('breakRules', 'rules-1');
    expect((await host.end('rules-1')).output).toEqual(Array.from({ length: 4 }, () => 'LockingRulesViolationError'));
  });

  it('fails an orchestration that locks an entity which does not exist', async () => {
    await host.start('lockNobody', 'nobody-1');
    expect(await host.end('nobody-1')).toMatchObject({
      runtimeStatus: 'Failed',
      output: expect.stringContaining("'nobody' doesn't exist"),
    });
  });
});
