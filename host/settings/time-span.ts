import { z } from 'zod';

const PATTERN = /^(?:(\d+)\.)?(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d{1,7})?))?$/;

/**
 * A .NET time span such as `00:05:00` or `1.00:00:00`, as host.json writes durations
 * (https://learn.microsoft.com/azure/azure-functions/functions-host-json), in milliseconds.
 */
export const timeSpan = z.string().transform((text, context) => {
  const value = timeSpanMs(text);
  if (value !== undefined) return value;
  context.addIssue('expected a time span such as 00:05:00');
  return z.NEVER;
});

/** A time span, or `-1` for none (`undefined`). */
export const optionalTimeSpan = z.string().transform((text, context) => {
  const value = timeSpanMs(text);
  if (value !== undefined || text === '-1') return value;
  context.addIssue('expected a time span such as 00:05:00, or -1 for no limit');
  return z.NEVER;
});

/** Milliseconds of a .NET time span `[d.]hh:mm[:ss[.fffffff]]`; `undefined` where the text is none. */
export function timeSpanMs(text: string): number | undefined {
  const match = PATTERN.exec(text.trim());
  if (!match) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1, 5).map((part) => Number(part ?? 0));
  if (hours > 23 || minutes > 59 || seconds >= 60) return undefined;
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}
