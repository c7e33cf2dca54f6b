import { z } from 'zod';
import { isTimeZone } from '../../domain/dates/is-time-zone.ts';
import type { Location } from '../../domain/facts/location.ts';
import { keyed } from '../../domain/schema/keyed.ts';
import type { Settings } from '../config.ts';
import { distinguishedName } from './patterns.ts';

const timeZone = z.string().refine(isTimeZone, { error: 'must be a time zone of the IANA database, such as Europe/Lisbon' });
const country = z.string().regex(/^[A-Z]{2}$/, { error: 'must be two capital letters of ISO 3166-1, such as PT' });

const days = z.int().min(1).max(3650);

const location: z.ZodType<Location> = keyed({
  timeZone,
  country,
  usageLocation: country.optional(),
  ou: distinguishedName.optional(),
}).transform(({ usageLocation, ou, ...rest }) => ({ ...rest, usageLocation: usageLocation ?? rest.country, ou: ou ?? null }));

/** settings.yaml. A location's `usageLocation` is its country unless it says otherwise. */
export const settingsFile: z.ZodType<Settings> = keyed({
  createDaysBefore: z.int().min(0).max(90),
  accessGraceDays: z.int().min(0).max(365).default(7),
  retention: keyed({ historyDays: days, refusedEventDays: days }).default({ historyDays: 30, refusedEventDays: 90 }),
  tenantTimeZone: timeZone,
  defaultDomain: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, { error: 'must be a domain such as contoso.example' }),
  locations: z.record(z.string(), location),
});
