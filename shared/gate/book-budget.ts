import type { Change, Outcome } from '../domain/change.ts';
import type { Stores } from '../ports/registry/registry.ts';
import { populationOf } from './population-of.ts';
import type { GateDeps, GateRequest } from './gate-deps.ts';

/**
 * Books the person under every brake that the change counts for: its effect in its target, and, where something is granted or revoked, that group or licence. Each brake
 * counts people, each once within its window. Answers the hold where one is at its limit; a run that somebody released is counted and not held.
 */
export async function bookBudget(
  deps: GateDeps,
  stores: Stores,
  { change, request }: { readonly change: Change; readonly request: GateRequest },
): Promise<Outcome | undefined> {
  const now = deps.clock.now();
  const brake = deps.policy.brake(change.effect, await populationOf(stores, now));
  if (brake === undefined) return undefined;
  const limit = request.released ? Number.MAX_SAFE_INTEGER : brake.limit;
  for (const { key, what } of booksOf(change)) {
    if (await stores.budgets.reserve({ key, reference: request.personId, now, windowMs: brake.windowMs, limit })) continue;
    const hours = Math.round(brake.windowMs / 3_600_000);
    const message = `The brake on “${change.effect}” ${what} is at its limit of ${brake.limit} people within ${hours} h.`;
    return { is: 'held', reason: { code: 'brake', message } };
  }
  return undefined;
}

/** The counts that a change is booked under, each with words for where. */
export function booksOf(change: Change): readonly { readonly key: string; readonly what: string }[] {
  const whole = { key: `${change.target}/${change.effect}`, what: `in ${change.target}` };
  if (change.as !== 'reach' || (change.do !== 'link' && change.do !== 'unlink') || !('id' in change.other)) return [whole];
  const isEntitlement = change.relation === 'member' || change.relation === 'licence';
  return isEntitlement ? [whole, { key: `${whole.key}/${change.other.id}`, what: `of one ${change.kind} in ${change.target}` }] : [whole];
}
