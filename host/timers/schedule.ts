import { Cron } from 'croner';
import { HostError } from '../host-error.ts';
import { messageOf } from '../message-of.ts';

/** When a timer function is due. Times are milliseconds since 1970. */
export type Schedule = {
  /** The first time after `at`; `undefined` where there is none any more. */
  next(at: number): number | undefined;
  /** Occurrences are at least a minute apart, so that missed ones are noticed after a restart. */
  readonly isMonitored: boolean;
};

/** Where a schedule comes from. */
export type ScheduleSource = {
  readonly expression: string;
  readonly functionName: string;
  readonly timeZone: string | undefined;
  readonly from: number;
};

/**
 * Reads an NCRONTAB expression `{second} {minute} {hour} {day} {month} {day-of-week}`
 * (https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer#ncrontab-expressions). Day and day of week
 * must both match. The zone is UTC unless `timeZone` (an IANA name) says otherwise; `from` is where the look at its occurrences begins.
 * Throws `HostError` that names the function and what is wrong with the expression.
 */
export function parseSchedule({ expression, functionName, timeZone = 'UTC', from }: ScheduleSource): Schedule {
  try {
    const cron = new Cron(expression.trim(), { timezone: timeZone, mode: '6-part', domAndDow: true, sloppyRanges: true, paused: true });
    const next = (at: number): number | undefined => cron.nextRun(new Date(at))?.getTime();
    const first = next(from);
    const second = first === undefined ? undefined : next(first);
    return { next, isMonitored: first === undefined || second === undefined || second - first >= 60_000 };
  } catch (error) {
    throw new HostError(
      `Function "${functionName}": the schedule "${expression}" is not understood (${messageOf(error)}). It has six fields: second minute hour day month day-of-week, such as 0 */5 * * * *.`,
    );
  }
}
