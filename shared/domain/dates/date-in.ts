import { Temporal } from 'temporal-polyfill';
import type { CalendarDate } from '../ids.ts';

/** The calendar date that it is in `zone` at `at`, milliseconds since the epoch. */
export function dateIn(at: number, zone: string): CalendarDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();
}
