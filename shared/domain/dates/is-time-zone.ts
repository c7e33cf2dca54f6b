import { Temporal } from 'temporal-polyfill';

/** Whether `text` names a time zone of the IANA database, such as `Europe/Lisbon`. A bare offset such as `+01:00` does not: it knows no daylight saving. */
export function isTimeZone(text: string): boolean {
  if (/^[+-]/.test(text)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
