const never = 9_223_372_036_854_775_807n;
const unixEpochMs = 11_644_473_600_000;

/** A moment as Active Directory keeps it, in hundreds of nanoseconds since 1601 (MS-DTYP 2.3.3), in milliseconds since the Unix epoch; null for 0 and for the largest value, which both mean never. */
export function fileTimeMs(text: string | null): number | null {
  if (text === null || !/^\d+$/.test(text)) return null;
  const value = BigInt(text);
  return value === 0n || value >= never ? null : Number(value / 10_000n) - unixEpochMs;
}

/** The moment of an ISO 8601 text as Active Directory keeps it; null is never. Throws `RangeError` for a text that is none. */
export function fileTime(instant: string | null): string {
  if (instant === null) return '0';
  const ms = Date.parse(instant);
  if (Number.isNaN(ms)) throw new RangeError(`“${instant}” is no moment in time.`);
  return String(BigInt(ms + unixEpochMs) * 10_000n);
}

/** The same as ISO 8601 text in UTC, to the second where it is a whole one. */
export function instantText(text: string | null): string | null {
  const ms = fileTimeMs(text);
  return ms === null ? null : new Date(ms).toISOString().replace('.000Z', 'Z');
}
