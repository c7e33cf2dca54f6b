import type { Worker } from '../worker.ts';
import { isTimeZone } from './is-time-zone.ts';

/** A person's time zone. `known` is false where it is only the tenant's, for want of the person's own or their location's. */
export type PersonZone = { readonly zone: string; readonly known: boolean };

/** What is known of a location when zones are looked for: its IANA time zone. */
export type ZonedLocation = { readonly timeZone: string };

/**
 * The zone that a person's dates are in: their own `timeZone`, else that of their location's code (compared without regard to case), else the tenant's,
 * which is then flagged as not known. A zone that is not in the IANA database counts as none.
 */
export function personZone(
  worker: Pick<Worker, 'timeZone' | 'location'>,
  locations: Readonly<Record<string, ZonedLocation>>,
  tenantZone: string,
): PersonZone {
  const own = worker.timeZone;
  if (own && isTimeZone(own)) return { zone: own, known: true };
  const code = worker.location?.code?.toUpperCase();
  const location = Object.entries(locations).find(([key]) => key.toUpperCase() === code)?.[1];
  return location && isTimeZone(location.timeZone) ? { zone: location.timeZone, known: true } : { zone: tenantZone, known: false };
}
