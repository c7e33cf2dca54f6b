import { dateOf, type DateValue } from './date-value.ts';

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const piece = /y+|M+|d+|H+|h+|m+|s+|f+|F+|t+|z+|K|'[^']*'|"[^"]*"|\\.|[\s\S]/g;

/** What one part of a format writes, and the expression that reads it (with the name of what it gives). */
type Part = { readonly write: (date: DateValue) => string; readonly read: string };

const parts: Readonly<Record<string, Part>> = {
  yyyy: { write: ({ local }) => pad(local.year, 4), read: '(?<year>\\d{4})' },
  MMMM: { write: ({ local }) => months[local.month - 1] ?? '', read: `(?<monthName>${months.join('|')})` },
  MMM: {
    write: ({ local }) => (months[local.month - 1] ?? '').slice(0, 3),
    read: `(?<monthName>${months.map((name) => name.slice(0, 3)).join('|')})`,
  },
  MM: { write: ({ local }) => pad(local.month, 2), read: '(?<month>\\d{2})' },
  M: { write: ({ local }) => pad(local.month, 1), read: '(?<month>\\d{1,2})' },
  dddd: { write: ({ local }) => days[local.dayOfWeek - 1] ?? '', read: `(?:${days.join('|')})` },
  ddd: {
    write: ({ local }) => (days[local.dayOfWeek - 1] ?? '').slice(0, 3),
    read: `(?:${days.map((name) => name.slice(0, 3)).join('|')})`,
  },
  dd: { write: ({ local }) => pad(local.day, 2), read: '(?<day>\\d{2})' },
  d: { write: ({ local }) => pad(local.day, 1), read: '(?<day>\\d{1,2})' },
  HH: { write: ({ local }) => pad(local.hour, 2), read: '(?<hour>\\d{2})' },
  H: { write: ({ local }) => pad(local.hour, 1), read: '(?<hour>\\d{1,2})' },
  hh: { write: ({ local }) => pad(local.hour % 12 || 12, 2), read: '(?<hour>\\d{2})' },
  h: { write: ({ local }) => pad(local.hour % 12 || 12, 1), read: '(?<hour>\\d{1,2})' },
  mm: { write: ({ local }) => pad(local.minute, 2), read: '(?<minute>\\d{2})' },
  m: { write: ({ local }) => pad(local.minute, 1), read: '(?<minute>\\d{1,2})' },
  ss: { write: ({ local }) => pad(local.second, 2), read: '(?<second>\\d{2})' },
  s: { write: ({ local }) => pad(local.second, 1), read: '(?<second>\\d{1,2})' },
  tt: { write: ({ local }) => (local.hour < 12 ? 'AM' : 'PM'), read: '(?<half>AM|PM)' },
  t: { write: ({ local }) => (local.hour < 12 ? 'A' : 'P'), read: '(?<half>A|P)' },
  zzz: { write: (date) => offsetText(date.offsetMinutes), read: '(?<offset>[+-]\\d{2}:\\d{2})' },
  K: { write: (date) => (date.offsetMinutes === 0 ? 'Z' : offsetText(date.offsetMinutes)), read: '(?<offset>Z|[+-]\\d{2}:\\d{2})' },
};

/**
 * Writes a date by a .NET custom format, with the wall clock as the date was written
 * (https://learn.microsoft.com/dotnet/standard/base-types/custom-date-and-time-format-strings). Names of months and days are English.
 * Undefined where the format holds a specifier that is not supported.
 */
export function formatDate(date: DateValue, format: string): string | undefined {
  const written = pieces(format).map((text) => partOf(text)?.write(date));
  return written.includes(undefined) ? undefined : written.join('');
}

/** Reads a date by a .NET custom format. Undefined where the text does not follow it, or the format is not supported. */
export function parseDateAs(text: string, format: string): DateValue | undefined {
  const reads = pieces(format).map((one) => partOf(one)?.read);
  if (reads.includes(undefined)) return undefined;
  const groups = pattern(reads.join(''))?.exec(text.trim())?.groups;
  if (!groups) return undefined;
  const { monthName, half, ...rest } = groups;
  const month = monthName === undefined ? {} : { month: String(months.findIndex((name) => name.startsWith(monthName)) + 1) };
  return dateOf({ ...rest, ...month, ...(half === undefined ? {} : { half: half.length === 1 ? `${half}M` : half }) });
}

function pieces(format: string): readonly string[] {
  return format.match(piece) ?? [];
}

function partOf(text: string): Part | undefined {
  const known = parts[text];
  if (known) return known;
  if (/^[fF]+$/.test(text)) return fraction(text.length);
  if (/^([yMdHhmstz])\1*$/.test(text)) return undefined;
  const literal = /^(['"]).*\1$/.test(text) && text.length > 1 ? text.slice(1, -1) : text.replace(/^\\(?=.)/, '');
  return { write: () => literal, read: literal.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&') };
}

function fraction(digits: number): Part {
  const write = ({ local }: DateValue) =>
    `${pad(local.millisecond, 3)}${pad(local.microsecond, 3)}${pad(local.nanosecond, 3)}`.slice(0, digits);
  return { write, read: `(?<fraction>\\d{${digits}})` };
}

// A format that names the same part twice gives two groups of one name, which is no pattern.
function pattern(source: string): RegExp | undefined {
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return undefined;
  }
}

function offsetText(minutes: number): string {
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(minutes) / 60), 2)}:${pad(Math.abs(minutes) % 60, 2)}`;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
