import { createFrom } from '../domain/dates/create-from.ts';
import { dateIn } from '../domain/dates/date-in.ts';
import { daysAfter } from '../domain/dates/days-after.ts';
import { startOfDay } from '../domain/dates/start-of-day.ts';
import type { CalendarDate } from '../domain/ids.ts';
import type { WorkflowDefinition } from './definition.ts';

/** What a due time is reckoned from. `endsAt` is when access ends, `now` when the event became known; both in milliseconds since the epoch. */
export type Occurrence = {
  readonly hireDate: CalendarDate;
  readonly endsAt: number | null;
  readonly now: number;
  readonly zone: string;
  /** Without `startDaysBefore`, how many days before the hire date somebody is set up. */
  readonly createDaysBefore: number;
};

/**
 * When a run of the workflow is due, in milliseconds since the epoch: before the hire date for `joiner` and `rehire`, at or around the end of access for `leaver`, for all others now or some days
 * later. Days are calendar days in the person's zone and begin at their start. Undefined where there is nothing to be done: ahead of an end that is past.
 */
export function dueAt({ trigger }: Pick<WorkflowDefinition, 'trigger'>, when: Occurrence): number | undefined {
  const { event, startDaysBefore, startDaysAfter } = trigger;
  if (event === 'joiner' || event === 'rehire') return createFrom(when.hireDate, startDaysBefore ?? when.createDaysBefore, when.zone);
  const at = event === 'leaver' ? (when.endsAt ?? when.now) : when.now;
  if (event === 'leaver' && startDaysBefore !== undefined) return at <= when.now ? undefined : dayFrom(at, -startDaysBefore, when.zone);
  return startDaysAfter === undefined ? at : dayFrom(at, startDaysAfter, when.zone);
}

/** The start of the day so many days after the one that ends at, or holds, the instant. */
function dayFrom(at: number, days: number, zone: string): number {
  return startOfDay(daysAfter(dateIn(at - 1, zone), days), zone);
}
