import type { Change, Effect, Outcome } from '../domain/change.ts';
import type { Stores } from '../ports/registry/registry.ts';
import type { GateRequest } from './gate-deps.ts';

const opening: ReadonlySet<Effect> = new Set(['enable', 'grant', 'create', 'credential']);

/**
 * What the gate does not do now: anything while it is paused, and, for somebody under a containment lock, whatever opens access. Read in the transaction that commits to the
 * change, which holds the person, so that no lock comes between.
 */
export async function refuseLocked(
  stores: Stores,
  { change, request }: { readonly change: Change; readonly request: GateRequest },
): Promise<Outcome | undefined> {
  const pause = await stores.switches.pause();
  if (pause !== undefined) return { is: 'held', reason: { code: 'paused', message: `Paused by ${pause.by}: ${pause.reason}` } };
  if (!opens(change)) return undefined;
  const [lock] = await stores.locks.of(request.personId);
  if (lock === undefined) return undefined;
  const message = `Locked by ${lock.owner} since ${new Date(lock.since).toISOString()}: ${lock.reason.replace(/\.$/, '')}. Nothing is opened until the lock is lifted.`;
  return { is: 'refused', reason: { code: 'locked', message } };
}

/** Whatever it is called: an update that enables opens. */
function opens(change: Change): boolean {
  return opening.has(change.effect) || (change.as === 'reach' && change.do === 'update' && change.after['enabled'] === true);
}
