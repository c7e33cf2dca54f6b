import { type PersonZone, personZone, type ZonedLocation } from '../dates/person-zone.ts';
import type { Worker } from '../worker.ts';

/** What the company says of dates: zones, and how many calendar days before the hire date somebody begins to be set up. */
export type Calendar = {
  readonly tenantZone: string;
  readonly locations: Readonly<Record<string, ZonedLocation>>;
  readonly createDaysBefore: number;
};

/** The zone that a worker's dates are in. */
export function zoneIn(calendar: Calendar, worker: Pick<Worker, 'timeZone' | 'location'>): PersonZone {
  return personZone(worker, calendar.locations, calendar.tenantZone);
}
