import { Temporal } from 'temporal-polyfill';
import { formatDate, parseDateAs } from '../values/date-format.ts';
import { dateAt, instantOf, parseDate, type DateValue } from '../values/date-value.ts';
import { dateFrom, integerOf, textOf } from '../values/coerce.ts';
import { isDate, type RuntimeValue } from '../values/runtime-value.ts';
import { ValueProblem } from '../values/value-problem.ts';
import type { Argument, MappingFunction } from './mapping-function.ts';

const nanosecondsIn = { h: 3_600_000_000_000n, n: 60_000_000_000n, s: 1_000_000_000n } as const;
const durations: Readonly<Record<string, Temporal.DurationLike>> = {
  yyyy: { years: 1 },
  m: { months: 1 },
  d: { days: 1 },
  ww: { weeks: 1 },
  h: { hours: 1 },
  n: { minutes: 1 },
  s: { seconds: 1 },
};
// FILETIME counts 100 ns from 1601-01-01 (https://learn.microsoft.com/windows/win32/api/minwinbase/ns-minwinbase-filetime).
const filetimeAtEpoch = 116_444_736_000_000_000n;

/**
 * The functions on dates. DateDiff counts `d`, `ww`, `m` and `yyyy` by the calendar in the context's zone, and `h`, `n`, `s` by elapsed time, whole units
 * only; a value that is only a calendar date is that date in every zone.
 * https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data
 */
export const dateFunctions: Readonly<Record<string, MappingFunction>> = {
  CDate: { least: 1, most: 1, apply: ([value]) => dateFrom(value) },
  DateAdd: { least: 3, most: 3, apply: ([interval, count, date]) => dateAdd(textOf(interval), integerOf(count), dateFrom(date)) },
  DateDiff: {
    least: 3,
    most: 3,
    apply: ([interval, from, to], { zone }) => dateDiff(textOf(interval), [dateFrom(from), dateFrom(to)], zone),
  },
  DateFromNum: { least: 1, most: 1, apply: ([value]) => dateAt((filetimeOf(textOf(value)) - filetimeAtEpoch) * 100n) },
  FormatDateTime: { least: 4, most: 4, apply: ([source, , input, output]) => formatDateTime(source, input, textOf(output)) },
  Now: { least: 0, most: 0, apply: (_, { now }) => dateAt(BigInt(now) * 1_000_000n) },
  NumFromDate: { least: 1, most: 1, apply: ([value]) => String(instantOf(dateFrom(value)) / 100n + filetimeAtEpoch) },
};

function dateAdd(interval: string, count: number, date: DateValue): DateValue {
  const unit = durations[interval];
  if (!unit) throw unknownInterval(interval);
  const scaled = Object.fromEntries(Object.keys(unit).map((key) => [key, count]));
  return { ...date, local: date.local.add(scaled), dateOnly: date.dateOnly && !(interval in nanosecondsIn) };
}

function dateDiff(interval: string, [from, to]: readonly [DateValue, DateValue], zone: string): number {
  if (interval === 'h' || interval === 'n' || interval === 's') return Number((instantOf(to) - instantOf(from)) / nanosecondsIn[interval]);
  const [start, end] = [calendarDate(from, zone), calendarDate(to, zone)];
  switch (interval) {
    case 'd':
      return start.until(end, { largestUnit: 'days' }).days;
    case 'ww':
      return sundaysUntil(end) - sundaysUntil(start);
    case 'm':
      return (end.year - start.year) * 12 + end.month - start.month;
    case 'yyyy':
      return end.year - start.year;
    default:
      throw unknownInterval(interval);
  }
}

function calendarDate(date: DateValue, zone: string): Temporal.PlainDate {
  if (date.dateOnly) return date.local.toPlainDate();
  return Temporal.Instant.fromEpochNanoseconds(instantOf(date)).toZonedDateTimeISO(zone).toPlainDate();
}

// 1970-01-04 was a Sunday: how many weeks that begin on a Sunday have begun since then.
function sundaysUntil(date: Temporal.PlainDate): number {
  return Math.floor(Temporal.PlainDate.from('1970-01-04').until(date, { largestUnit: 'days' }).days / 7);
}

function unknownInterval(interval: string): ValueProblem {
  return new ValueProblem(`"${interval}" is no interval; use ${Object.keys(durations).join(', ')}`);
}

function filetimeOf(text: string): bigint {
  if (!/^\d+$/.test(text)) throw new ValueProblem(`"${text}" is not a number of 100-nanosecond steps since 1601`);
  return BigInt(text);
}

function formatDateTime(source: Argument, input: Argument, output: string): RuntimeValue {
  if (source === undefined || source === null || source === '') return null;
  const date = readDate(source, input);
  if (!date) throw new ValueProblem(`"${textOf(source)}" is not a date of the form ${textOf(input) || 'yyyy-MM-dd'}`);
  const text = output === '' ? undefined : formatDate(date, output);
  if (text === undefined) throw new ValueProblem(`"${output}" is not a format that is supported, such as yyyy-MM-dd`);
  return text;
}

function readDate(source: RuntimeValue, input: Argument): DateValue | undefined {
  if (isDate(source)) return source;
  return input === undefined || input === '' ? parseDate(textOf(source)) : parseDateAs(textOf(source), textOf(input));
}
