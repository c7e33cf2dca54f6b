import { expect } from 'vitest';
import { poisoned } from './poisoned.ts';
import type { RecordedHistory } from './recorded-history.ts';
import { type Action, replayHistory } from './replay-history.ts';

// DurableTask.Core, `History/EventType.cs`.
const taskScheduled = 4;
const timerCreated = 10;
const orchestratorCompleted = 13;

/** Checks that a history replays, in whole and from every episode on, to the very decisions that it records, with clock and chance poisoned. */
export async function judgeHistory(recorded: RecordedHistory): Promise<void> {
  const { events } = recorded;
  const ends = events.flatMap(({ EventType }, index) => (EventType === orchestratorCompleted ? [index + 1] : []));
  expect(ends.length, recorded.instanceId).toBeGreaterThan(0);
  for (const end of ends) {
    const { actions } = await poisoned(() => replayHistory(recorded, end));
    expect(actions, `${recorded.instanceId}, the first ${end} of ${events.length} events`).toEqual(recordedActions(recorded, end));
  }
  const whole = await poisoned(() => replayHistory(recorded));
  if (recorded.status === 'Completed') expect(whole.output, recorded.instanceId).toEqual(recorded.output);
}

/** What the history says was decided. Decisions are numbered in the order in which they were made. */
function recordedActions({ events }: RecordedHistory, end: number): readonly Action[] {
  return events
    .slice(0, end)
    .filter(({ EventType }) => EventType === taskScheduled || EventType === timerCreated)
    .toSorted((one, other) => one.EventId - other.EventId)
    .map(({ EventType, Name = '', Input, FireAt = '' }) =>
      EventType === timerCreated ? { timer: FireAt } : { activity: Name, input: JSON.parse(Input ?? '[null]')[0] },
    );
}
