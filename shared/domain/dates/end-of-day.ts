import type { CalendarDate } from '../ids.ts';
import { daysAfter } from './days-after.ts';
import { startOfDay } from './start-of-day.ts';

/** The instant at which a calendar date is over in a time zone: the start of the next day, in milliseconds since the epoch. Throws as `startOfDay` does. */
export function endOfDay(date: CalendarDate, zone: string): number {
  return startOfDay(daysAfter(date, 1), zone);
}
