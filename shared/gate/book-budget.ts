import type { Change, Outcome, Relation } from '../domain/change.ts';
import type { Stores } from '../ports/registry/registry.ts';
import { populationOf } from './population-of.ts';
import type { Braked, GateDeps, GateRequest } from './gate-deps.ts';

/** A book that people are counted in: its brake, the key that it is kept under, and what it counts in words. */
type Book = { readonly brake: Braked; readonly key: string; readonly what: string };

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
  const population = await populationOf(stores, now);
  for (const { brake: name, key, what } of booksOf(change)) {
    const brake = deps.policy.brake(name, population);
    if (brake === undefined) continue;
    const limit = request.released ? Number.MAX_SAFE_INTEGER : brake.limit;
    if (await stores.budgets.reserve({ key, reference: request.personId, now, windowMs: brake.windowMs, limit })) continue;
    const hours = Math.round(brake.windowMs / 3_600_000);
    const message = `The brake on “${change.effect}” ${what} is at its limit of ${brake.limit} people within ${hours} h.`;
    return { is: 'held', reason: { code: 'brake', message } };
  }
  return undefined;
}

/** What many people hold at once, so that many could lose one at once. */
const entitlements: ReadonlySet<Relation> = new Set(['member', 'licence', 'app-role', 'team', 'unit', 'access-package']);

/** The books that a change counts in. */
export function booksOf(change: Change): readonly Book[] {
  const key = `${change.target}/${change.effect}`;
  const whole: Book = { brake: change.effect, key, what: `in ${change.target}` };
  if (change.as !== 'reach' || (change.do !== 'link' && change.do !== 'unlink') || !('id' in change.other)) return [whole];
  if (change.effect !== 'grant' && change.effect !== 'revoke') return [whole];
  const one: Book = { brake: `${change.effect}One`, key: `${key}/${change.other.id}`, what: `of one ${change.kind} in ${change.target}` };
  return entitlements.has(change.relation) ? [whole, one] : [whole];
}
