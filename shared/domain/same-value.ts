import type { Value } from './change.ts';

/**
 * Whether a target shows a value as it is desired. Null, absent and empty are one; a reference equals the id that it names; lists are compared without their order; the name of
 * a container (`ou`) regardless of letter case, as directories compare it (RFC 4518 section 2.2).
 */
export function isSameValue(attribute: string, desired: Value | undefined, seen: Value | undefined): boolean {
  const [one, other] = [text(desired), text(seen)];
  return attribute === 'ou' ? one.toLowerCase() === other.toLowerCase() : one === other;
}

function text(value: Value | undefined): string {
  if (value === undefined || value === null || value === '') return '';
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return value.length === 0 ? '' : JSON.stringify(value.toSorted());
  return 'id' in value ? value.id : JSON.stringify(value);
}

function isList(value: Value): value is readonly string[] {
  return Array.isArray(value);
}
