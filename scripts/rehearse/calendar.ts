import { Temporal } from 'temporal-polyfill';

const dayMs = 86_400_000;

/** The first instant of a date in a zone, milliseconds since the epoch. */
export function startOf(date: string, zone: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;
}

/** The instant at which a date is over in a zone. */
export function endOf(date: string, zone: string): number {
  return startOf(plusDays(date, 1), zone);
}

/** The date that it is in a zone. */
export function dateAt(at: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** The date so many days later, earlier where it is negative. */
export function plusDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** The first Monday after a date. */
export function mondayAfter(date: string): string {
  return plusDays(date, 8 - Temporal.PlainDate.from(date).dayOfWeek);
}

/** The day of the week, Monday is 1. */
export function weekday(date: string): number {
  return Temporal.PlainDate.from(date).dayOfWeek;
}

/** So many days in milliseconds. */
export function days(count: number): number {
  return count * dayMs;
}
