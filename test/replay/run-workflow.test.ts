import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeHistory } from './judge-history.ts';
import { poisoned } from './poisoned.ts';
import { type RecordedHistory, recordedHistory } from './recorded-history.ts';
import { replayHistory } from './replay-history.ts';

const folder = join(import.meta.dirname, 'recorded');
const recorded = (name: string): RecordedHistory => recordedHistory.parse(JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')));

// Histories that a host kept. A change of run-workflow that breaks one of them would break instances that are under way when it is deployed.
describe('run-workflow', () => {
  it.each(readdirSync(folder).map((file) => file.replace('.json', '')))(
    'replays the recorded history of a run that was %s, from every episode on, to the same decisions',
    async (name) => {
      await judgeHistory(recorded(name));
    },
  );

  it('has ended where its history says so, and is still waiting a few events before', async () => {
    const done = recorded('done');
    expect((await replayHistory(done)).output).toBe('ended');
    const lastEpisode = done.events.findLastIndex(({ EventType }) => EventType === 12);
    expect((await replayHistory(done, lastEpisode)).output).toBeUndefined();
    expect((await replayHistory(recorded('parked'))).output).toBe('parked');
    expect((await replayHistory(recorded('superseded'))).output).toBe('superseded');
  });

  it('lets only ids, outcomes and times cross its history', () => {
    const text = readdirSync(folder)
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\n');
    expect(text).not.toMatch(/contoso|@|OU=|password|displayName|given/i);
  });
});

describe('The check of a history', () => {
  it('fails where the orchestrator would decide otherwise than recorded', async () => {
    const history = recorded('done');
    const first = history.events.findIndex(({ EventType }) => EventType === 4);
    const other = history.events.with(first, {
      ...history.events[first],
      EventType: 4,
      EventId: 0,
      Timestamp: history.events[first]?.Timestamp ?? '',
      Name: 'some-other-activity',
    });
    await expect(judgeHistory({ ...history, events: other })).rejects.toThrow();
  });

  it('fails where the clock or chance is asked', async () => {
    await expect(poisoned(async () => Date.now())).rejects.toThrow('no place in an orchestrator');
    await expect(poisoned(async () => new Date())).rejects.toThrow('no place in an orchestrator');
    await expect(poisoned(async () => Math.random())).rejects.toThrow('no place in an orchestrator');
    await expect(poisoned(async () => crypto.randomUUID())).rejects.toThrow('no place in an orchestrator');
    expect(await poisoned(async () => new Date(0).getTime())).toBe(0);
  });
});
