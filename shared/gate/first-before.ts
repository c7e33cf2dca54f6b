import type { Attributes, Change } from '../domain/change.ts';
import { isSameValue } from '../domain/same-value.ts';
import type { IntentRow } from '../ports/registry/intents.ts';

/**
 * What was there before the first attempt to write: an attempt may have written a part (a user is shut, their capabilities are not yet) and then met a refusal or no answer. What is as wanted by now
 * and was otherwise when it was first tried keeps its first value; the rest is as it is seen now. Without it, taking back would not know what to restore.
 */
export function firstBefore(change: Change, { observedBefore }: IntentRow, seen: Attributes | null): Attributes | null {
  if (change.do !== 'update' || observedBefore === null || seen === null) return seen;
  const isWrittenByNow = (name: string): boolean => name in observedBefore && isSameValue(name, change.after[name], seen[name]);
  return Object.fromEntries(
    Object.entries(seen).map(([name, value]) => [name, isWrittenByNow(name) ? (observedBefore[name] ?? null) : value]),
  );
}
