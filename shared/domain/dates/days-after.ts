import { Temporal } from 'temporal-polyfill';
import type { CalendarDate } from '../ids.ts';

/** The calendar date `days` days later; earlier where `days` is negative. Throws RangeError for an impossible date. */
export function daysAfter(date: CalendarDate, days: number): CalendarDate {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}
