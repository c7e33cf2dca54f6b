import { Temporal } from 'temporal-polyfill';

/** A date inside an expression: the wall clock as it was written, its offset from UTC, and whether only a calendar date was given. Outside it is text. */
export type DateValue = {
  readonly kind: 'date';
  readonly local: Temporal.PlainDateTime;
  readonly offsetMinutes: number;
  readonly dateOnly: boolean;
};

const iso =
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:[T ](?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.(?<fraction>\d{1,9}))?)?)?\s*(?<offset>Z|[+-]\d{2}:?\d{2})?$/;
const american =
  /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4})(?: (?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2}))?(?: ?(?<half>AM|PM))?)?$/i;

/**
 * Reads ISO 8601 (`2026-12-01`, `2026-12-01-07:00`, `2026-12-01T08:00:00Z`, with a space for the T too) and the language's own rendering
 * (`12/1/2026 8:00:00 AM`). Without an offset it is UTC. Undefined for anything else, impossible dates among it.
 */
export function parseDate(text: string): DateValue | undefined {
  const match = iso.exec(text.trim()) ?? american.exec(text.trim());
  return match?.groups && dateOf(match.groups);
}

/** A date from named parts: year, month, day, and where given hour, minute, second, fraction, half (AM or PM) and offset (`Z`, `+01:00`). */
export function dateOf(parts: Readonly<Record<string, string | undefined>>): DateValue | undefined {
  const number = (key: string) => Number(parts[key] ?? 0);
  const nanoseconds = Number((parts['fraction'] ?? '').padEnd(9, '0'));
  try {
    const local = Temporal.PlainDateTime.from(
      {
        year: number('year'),
        month: number('month'),
        day: number('day'),
        hour: hourOf(number('hour'), parts['half']),
        minute: number('minute'),
        second: number('second'),
        millisecond: Math.floor(nanoseconds / 1e6),
        microsecond: Math.floor(nanoseconds / 1e3) % 1e3,
        nanosecond: nanoseconds % 1e3,
      },
      { overflow: 'reject' },
    );
    return { kind: 'date', local, offsetMinutes: offsetOf(parts['offset']), dateOnly: parts['hour'] === undefined };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** An instant, in UTC. */
export function dateAt(epochNanoseconds: bigint): DateValue {
  const local = Temporal.Instant.fromEpochNanoseconds(epochNanoseconds).toZonedDateTimeISO('UTC').toPlainDateTime();
  return { kind: 'date', local, offsetMinutes: 0, dateOnly: false };
}

/** Nanoseconds since the epoch; a calendar date counts from its midnight at its offset. */
export function instantOf(date: DateValue): bigint {
  return date.local.subtract({ minutes: date.offsetMinutes }).toZonedDateTime('UTC').epochNanoseconds;
}

/** The language's rendering, in UTC: `M/d/yyyy h:mm:ss tt`. */
export function dateText(date: DateValue): string {
  const utc = date.local.subtract({ minutes: date.offsetMinutes });
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${utc.month}/${utc.day}/${String(utc.year).padStart(4, '0')}`;
  return `${day} ${utc.hour % 12 || 12}:${two(utc.minute)}:${two(utc.second)} ${utc.hour < 12 ? 'AM' : 'PM'}`;
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
}

function offsetOf(text: string | undefined): number {
  if (text === undefined || text === 'Z') return 0;
  const digits = text.replace(':', '');
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return digits.startsWith('-') ? -minutes : minutes;
}
