import type { Attributes, Value } from '../domain/change.ts';
import type { FoundAccount } from '../ports/readers/accounts.ts';

/** Those of the desired attributes that the account shows otherwise. What a target never shows cannot differ. */
export function differing(
  desired: Attributes,
  found: FoundAccount,
): { readonly before: Attributes; readonly after: Attributes } | undefined {
  const names = Object.keys(desired).filter((name) => name in found.attributes && !isSame(desired[name], found.attributes[name]));
  if (names.length === 0) return undefined;
  const pick = (from: Attributes): Attributes => Object.fromEntries(names.map((name) => [name, from[name] ?? null]));
  return { before: pick(found.attributes), after: pick(desired) };
}

/** Null, absent and empty are one; a reference equals the id it names. */
function isSame(desired: Value | undefined, seen: Value | undefined): boolean {
  return text(desired) === text(seen);
}

function text(value: Value | undefined): string {
  if (value === undefined || value === null || value === '') return '';
  if (typeof value !== 'object') return String(value);
  if ('id' in value) return value.id;
  return JSON.stringify(value);
}
