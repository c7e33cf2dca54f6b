import { Temporal } from 'temporal-polyfill';

/** The calendar date in a time zone at an instant (milliseconds), as ISO 8601 text. */
export function dateAt(now: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** The date so many days later. */
export function daysLater(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}
