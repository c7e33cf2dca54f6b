import type { CalendarDate } from '../ids.ts';
import { daysBefore } from './days-before.ts';
import { startOfDay } from './start-of-day.ts';

/**
 * From when accounts of somebody hired on `hireDate` may be created: the start of the day that lies `days` calendar days earlier, in `zone`, in
 * milliseconds since the epoch. For a hire date in the past the answer lies in the past: it is due.
 */
export function createFrom(hireDate: CalendarDate, days: number, zone: string): number {
  return startOfDay(daysBefore(hireDate, days), zone);
}
