// Milliseconds between 1601-01-01, where FILETIME begins, and 1970-01-01.
const epochOffsetMs = 11_644_473_600_000n;

/** "Never", as Active Directory writes it into `accountExpires` (MS-ADA1 2.1). */
export const neverExpires = '9223372036854775807';

/** Milliseconds since 1970 as FILETIME: 100-nanosecond steps since 1601 (MS-DTYP 2.3.3), as decimal text. */
export function toFileTime(milliseconds: number): string {
  return String((BigInt(Math.trunc(milliseconds)) + epochOffsetMs) * 10_000n);
}

/** A FILETIME as milliseconds since 1970. */
export function fromFileTime(fileTime: string): number {
  return Number(BigInt(fileTime) / 10_000n - epochOffsetMs);
}

/** Milliseconds since 1970 as GeneralizedTime in Active Directory's form, for example `20261121083000.0Z` (whole seconds). */
export function toGeneralizedTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19).replace(/[-:T]/g, '')}.0Z`;
}
