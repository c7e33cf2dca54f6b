import { matches } from '../domain/conditions/matches.ts';
import type { Worker } from '../domain/worker.ts';
import type { AccessRule, EntitlementId } from './access-rule.ts';

/** An entitlement with every rule that gives it, each as `id@version`. */
export type Granted = { readonly entitlement: EntitlementId; readonly rules: readonly string[] };

/** What the rules give a worker: each entitlement once, with all its reasons. Ordered by entitlement, then by rule, whatever the order of the rules. */
export function entitlementsOf(worker: Worker, rules: readonly AccessRule[]): readonly Granted[] {
  const reasons = new Map<EntitlementId, Set<string>>();
  for (const rule of rules.filter((candidate) => matches(candidate.when, worker))) {
    for (const entitlement of rule.grants) {
      const known = reasons.get(entitlement) ?? new Set();
      reasons.set(entitlement, known.add(`${rule.id}@${rule.version}`));
    }
  }
  return [...reasons].map(([entitlement, found]) => ({ entitlement, rules: [...found].toSorted() })).toSorted(byEntitlement);
}

// By code unit, not by locale: the order is hashed and must not depend on the machine.
function byEntitlement(a: Granted, b: Granted): number {
  return a.entitlement < b.entitlement ? -1 : 1;
}
