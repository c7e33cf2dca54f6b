import { daysAfter } from '../../domain/dates/days-after.ts';
import { dateIn } from '../../domain/dates/date-in.ts';
import { startOfDay } from '../../domain/dates/start-of-day.ts';
import type { Worker } from '../../domain/worker.ts';
import type { Stores } from '../../ports/registry/registry.ts';
import type { OperationDeps } from '../deps.ts';

/**
 * Gives the rules' reasons for what no access rule gives the worker any more an end after the grace, and takes the end from those for what is given again. Answers the earliest end that lies ahead
 * or is due, in milliseconds since the epoch; undefined where there is none.
 */
export async function markEndedAccess(deps: OperationDeps, stores: Stores, personId: string, worker: Worker): Promise<number | undefined> {
  const now = deps.clock.now();
  const zone = deps.rules.zoneOf(worker);
  const until = startOfDay(daysAfter(dateIn(now, zone), deps.rules.accessGraceDays), zone);
  const ends: number[] = [];
  for (const holding of await stores.holdings.of(personId)) {
    // Also where another rule gives it now: nobody was put in again for that, so that the reason there is stands for it.
    const isGiven = deps.rules.entitlements(holding.target, worker).some(({ object }) => object === holding.object);
    for (const reason of holding.reasons.filter(({ kind }) => kind === 'rule')) {
      const wanted = isGiven ? null : (reason.until ?? Math.max(until, now));
      if (wanted !== reason.until) await stores.holdings.endReason(personId, holding, reason, wanted);
      if (wanted !== null) ends.push(wanted);
    }
  }
  return ends.length === 0 ? undefined : Math.min(...ends);
}
