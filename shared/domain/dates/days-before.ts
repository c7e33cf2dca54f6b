import type { CalendarDate } from '../ids.ts';
import { daysAfter } from './days-after.ts';

/** The calendar date `days` days earlier. Throws RangeError for an impossible date. */
export function daysBefore(date: CalendarDate, days: number): CalendarDate {
  return daysAfter(date, -days);
}
