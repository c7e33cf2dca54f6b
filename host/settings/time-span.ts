import { z } from 'zod';

const PATTERN = /^(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2}(?:\.\d{1,7})?)$/;

/**
 * A .NET time span such as `00:05:00` or `1.00:00:00`, as host.json writes durations
 * (https://learn.microsoft.com/azure/azure-functions/functions-host-json), in milliseconds.
 */
export const timeSpan = z.string().regex(PATTERN, 'expected a time span such as 00:05:00').transform(timeSpanMs);

/** A time span, or `-1` for none (`undefined`). */
export const optionalTimeSpan = z
  .string()
  .regex(new RegExp(`^-1$|${PATTERN.source}`), 'expected a time span such as 00:05:00, or -1 for no limit')
  .transform((text) => (text === '-1' ? undefined : timeSpanMs(text)));

/** Milliseconds of a .NET time span `[d.]hh:mm:ss[.fffffff]`; 0 where the text is none (the schema above has checked it). */
function timeSpanMs(text: string): number {
  const match = PATTERN.exec(text);
  if (!match) return 0;
  const [days, hours, minutes, seconds] = match.slice(1, 5).map((part) => Number(part ?? 0));
  return ((((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000;
}
