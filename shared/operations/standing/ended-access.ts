import { daysAfter } from '../../domain/dates/days-after.ts';
import { dateIn } from '../../domain/dates/date-in.ts';
import { startOfDay } from '../../domain/dates/start-of-day.ts';
import type { Worker } from '../../domain/worker.ts';
import type { Stores } from '../../ports/registry/registry.ts';
import type { OperationDeps } from '../deps.ts';

/**
 * Gives every reason that the access rules do not have for the worker any more an end after the grace, and takes the end from those that they have again. Answers the earliest end that lies ahead
 * or is due, in milliseconds since the epoch; undefined where there is none.
 */
export async function markEndedAccess(deps: OperationDeps, stores: Stores, personId: string, worker: Worker): Promise<number | undefined> {
  const now = deps.clock.now();
  const zone = deps.rules.zoneOf(worker);
  const until = startOfDay(daysAfter(dateIn(now, zone), deps.rules.accessGraceDays), zone);
  const ends: number[] = [];
  for (const holding of await stores.holdings.of(personId)) {
    const rules = deps.rules.entitlements(holding.target, worker).find(({ object }) => object === holding.object)?.rules ?? [];
    const given = new Set(rules.map(idOf));
    for (const reason of holding.reasons.filter(({ kind }) => kind === 'rule')) {
      const wanted = given.has(idOf(reason.reference)) ? null : (reason.until ?? Math.max(until, now));
      if (wanted !== reason.until) await stores.holdings.endReason(personId, holding, reason, wanted);
      if (wanted !== null) ends.push(wanted);
    }
  }
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** A rule that was edited is the same rule: `id@version`. */
function idOf(reference: string): string {
  return reference.split('@')[0] ?? reference;
}
