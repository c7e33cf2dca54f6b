import { Cron } from 'croner';
import { HostError } from '../host-error.ts';
import { messageOf } from '../message-of.ts';
import { timeSpanMs } from '../settings/time-span.ts';

/** When a timer function is due. Times are milliseconds since 1970. */
export type Schedule = {
  /** The first time after `at`. */
  next(at: number): number;
  /** Occurrences are at least a minute apart, so that missed ones are noticed after a restart. */
  readonly isMonitored: boolean;
  /** It goes by the clock on the wall, which daylight saving time moves. */
  readonly followsWallClock: boolean;
};

/** What a schedule is read with; `from` is where the look at its occurrences begins. */
export type ScheduleContext = { readonly functionName: string; readonly timeZone: string; readonly from: number };

const MINUTE_MS = 60_000;
const VALUE = '(?:\\d{1,2}|[A-Z]{3})';
const FIELD = new RegExp(`^(?:\\*|${VALUE}(?:-${VALUE})?)(?:/\\d{1,2})?$`);
const NAMES = /\b(JAN|FEB|MAR|APR|JUN|JUL|AUG|SEP|OCT|NOV|DEC|SUN|MON|TUE|WED|THU|FRI|SAT)[A-Z]*/g;

/**
 * Reads the schedule of a timer trigger: an NCRONTAB expression `{second} {minute} {hour} {day} {month} {day-of-week}`, the same without seconds, or a
 * time span between runs such as `00:05:00` (https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer#ncrontab-expressions).
 * Day and day of week must both match. What falls into the hour that daylight saving time skips is due at its end; what falls into the one that it
 * repeats is due once, unless it is due every hour or more often.
 * Throws `HostError` that names the function and what is wrong with the expression.
 */
export function parseSchedule(expression: string, context: ScheduleContext): Schedule {
  const span = timeSpanMs(expression);
  if (span !== undefined && span > 0) return constantSchedule(span);
  try {
    return cronSchedule(ncrontab(expression), context);
  } catch (error) {
    throw new HostError(
      `Function "${context.functionName}": the schedule "${expression}" is not understood (${messageOf(error)}). It has six fields, second minute hour day month day-of-week, such as 0 */5 * * * *, or is a time span such as 00:05:00.`,
    );
  }
}

function constantSchedule(span: number): Schedule {
  return { next: (at) => at + span, isMonitored: span >= MINUTE_MS, followsWallClock: false };
}

function cronSchedule(pattern: string, { timeZone, from }: ScheduleContext): Schedule {
  const cron = new Cron(pattern, { timezone: timeZone, mode: '5-or-6-parts', domAndDow: true, sloppyRanges: true, paused: true });
  const next = (at: number): number => cron.nextRun(new Date(at))?.getTime() ?? Infinity;
  const first = next(from);
  if (first === Infinity) throw new Error('it is never due');
  return { next, isMonitored: next(first) - first >= MINUTE_MS, followsWallClock: true };
}

/** The expression with names of three letters; croner knows more than NCRONTAB (such as L, W, # and @daily), which Azure would not take. */
function ncrontab(expression: string): string {
  const fields = expression.trim().toUpperCase().replace(NAMES, '$1').split(/\s+/);
  if (fields.length !== 5 && fields.length !== 6) throw new Error(`it has ${fields.length} fields`);
  const wrong = fields.find((field) => field.split(',').some((part) => !FIELD.test(part)));
  if (wrong !== undefined) throw new Error(`"${wrong}" is no field of NCRONTAB`);
  if (/(?:^|[,-])7/.test(fields.at(-1) ?? '')) throw new Error('days of the week are 0 to 6, from Sunday');
  return fields.join(' ');
}
