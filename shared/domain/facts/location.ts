import type { Worker } from '../worker.ts';

/** A location of the company, as the settings describe it. */
export type Location = {
  /** IANA time zone, such as `Europe/Lisbon`. */
  readonly timeZone: string;
  /** ISO 3166-1 alpha-2, such as `PT`. */
  readonly country: string;
  /** Where licences are used: ISO 3166-1 alpha-2. */
  readonly usageLocation: string;
  /** Distinguished name of the organisational unit for the location's people; null where it has none. */
  readonly ou: string | null;
};

/** The location that a worker's location code names, compared without regard to case. */
export function locationOf(worker: Pick<Worker, 'location'>, locations: Readonly<Record<string, Location>>): Location | undefined {
  const code = worker.location?.code?.toUpperCase();
  return Object.entries(locations).find(([key]) => key.toUpperCase() === code)?.[1];
}
