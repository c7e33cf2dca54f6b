import type { Attributes } from '../domain/change.ts';
import { isSameValue } from '../domain/same-value.ts';
import type { FoundAccount } from '../ports/readers/accounts.ts';

/** Those of the desired attributes that the account shows otherwise. What a target never shows cannot differ. */
export function differing(
  desired: Attributes,
  found: FoundAccount,
): { readonly before: Attributes; readonly after: Attributes } | undefined {
  const names = Object.keys(desired).filter(
    (name) => name in found.attributes && !isSameValue(name, desired[name], found.attributes[name]),
  );
  if (names.length === 0) return undefined;
  const pick = (from: Attributes): Attributes => Object.fromEntries(names.map((name) => [name, from[name] ?? null]));
  return { before: pick(found.attributes), after: pick(desired) };
}
