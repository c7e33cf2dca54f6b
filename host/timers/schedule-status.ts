import type { Schedule } from './schedule.ts';

/** What is known of a timer function's runs; milliseconds since 1970. `lastAt` is absent before the first run. */
export type ScheduleStatus = { readonly lastAt: number | undefined; readonly nextAt: number; readonly updatedAt: number };

/** Where a schedule stands at the start. */
export type ScheduleStart = { readonly status: ScheduleStatus; readonly isPastDue: boolean };

/**
 * Where a schedule stands, given what was known when the host ended: past due where the time that was planned has gone by. A schedule that has
 * been changed since begins anew, and is not past due for it (azure-webjobs-sdk-extensions, `ScheduleMonitor.CheckPastDueAsync`).
 */
export function startSchedule(schedule: Schedule, known: ScheduleStatus | undefined, now: number): ScheduleStart {
  if (!known) return { status: { lastAt: undefined, nextAt: schedule.next(now), updatedAt: now }, isPastDue: false };
  const base = known.lastAt ?? known.updatedAt;
  const expected = schedule.next(base);
  if (expected === known.nextAt) return { status: known, isPastDue: now > known.nextAt };
  const isMissed = now > expected;
  const status = { lastAt: undefined, nextAt: isMissed ? schedule.next(now) : expected, updatedAt: isMissed ? now : base };
  return { status, isPastDue: false };
}
