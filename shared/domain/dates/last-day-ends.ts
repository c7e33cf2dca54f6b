import type { CalendarDate } from '../ids.ts';
import { endOfDay } from './end-of-day.ts';
import type { PersonZone, ZonedLocation } from './person-zone.ts';

/**
 * The cut-off of a last day, in milliseconds since the epoch: its end in the person's zone. Where the zone is not known it is the earliest end among the
 * tenant's zone and those of all locations, because access that outlives the last day does more harm than access that ends some hours early.
 */
export function lastDayEnds(lastDay: CalendarDate, person: PersonZone, locations: Readonly<Record<string, ZonedLocation>>): number {
  const own = endOfDay(lastDay, person.zone);
  if (person.known) return own;
  return Math.min(own, ...Object.values(locations).map((location) => endOfDay(lastDay, location.timeZone)));
}
