import { Temporal } from 'temporal-polyfill';
import type { CalendarDate } from '../ids.ts';

/**
 * The first instant of a calendar date in a time zone, in milliseconds since the epoch. Where a daylight saving change skips midnight it is the first
 * instant that exists (Temporal.PlainDate.toZonedDateTime, https://tc39.es/proposal-temporal/docs/plaindate.html#toZonedDateTime).
 * Throws RangeError for an impossible date or a zone that is not in the IANA database.
 */
export function startOfDay(date: CalendarDate, zone: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;
}
