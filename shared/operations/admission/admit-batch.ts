import type { SourceId } from '../../domain/ids.ts';
import type { Braked } from '../../gate/gate-deps.ts';
import { populationOf } from '../../gate/population-of.ts';
import type { Stores } from '../../ports/registry/registry.ts';
import type { Run } from '../../ports/registry/runs.ts';
import type { OperationDeps } from '../deps.ts';
import { liftHrLocks, opensAgain } from '../holds/lift-hr-locks.ts';
import { raiseHold } from '../holds/raise-hold.ts';
import { effectOf } from './effect-of.ts';

/** A batch whose events are all classified, and when that was. */
export type ClassifiedBatch = { readonly batchId: string; readonly source: SourceId; readonly at: number };

/**
 * Lets the runs of a batch begin, in the transaction that classified its last event and holds the batch's row; or holds every one of them, where what it would do to people is
 * more than a brake allows, together with what its source has set off within the window. A file that trips a brake is wrong as a whole until somebody has looked.
 */
export async function admitBatch(deps: OperationDeps, stores: Stores, batch: ClassifiedBatch): Promise<void> {
  const waiting = (await stores.runs.waitingOf(batch.batchId)).filter(({ state }) => state === 'pending');
  const counts = peopleByEffect(waiting);
  const known = await stores.batches.byId(batch.batchId);
  // What comes in with a batch that waits for a decision waits with it.
  if (known?.state === 'held') return stores.runs.decideBatch(batch.batchId, { to: 'held', note: 'Its batch is held.', at: batch.at });
  const excess = await firstExcess(deps, stores, { counts, batch });
  if (excess === undefined) return admit(deps, stores, { waiting, counts, batch });
  await stores.runs.decideBatch(batch.batchId, { to: 'held', note: excess, at: batch.at });
  await stores.batches.settle(batch.batchId, 'held');
  const personId = waiting[0]?.personId ?? null;
  await raiseHold(deps, stores, { kind: 'batch', reference: batch.batchId, personId, code: 'brake', message: excess });
}

type Counts = ReadonlyMap<Braked, ReadonlySet<string>>;

function peopleByEffect(runs: readonly Run[]): Counts {
  const counts = new Map<Braked, Set<string>>();
  for (const { trigger, personId } of runs) {
    const effect = effectOf(trigger);
    if (effect !== undefined) counts.set(effect, (counts.get(effect) ?? new Set()).add(personId));
  }
  // Always in the same order, so that no two batches wait for each other's brakes.
  return new Map([...counts].toSorted(([one], [other]) => one.localeCompare(other)));
}

type Judging = { readonly counts: Counts; readonly batch: ClassifiedBatch };

async function firstExcess(deps: OperationDeps, stores: Stores, { counts, batch }: Judging): Promise<string | undefined> {
  const { source, at: now } = batch;
  const population = await populationOf(stores, now, isPerson(source) ? undefined : source);
  for (const [effect, people] of counts) {
    const brake = deps.gate.policy.brake(effect, population);
    if (brake === undefined) continue;
    const key = keyOf(source, effect);
    const before = await stores.budgets.booked({ key, now, windowMs: brake.windowMs, except: [...people] });
    if (before + people.size <= brake.limit) continue;
    const already = before === 0 ? '' : ` after ${before} within ${Math.round(brake.windowMs / 3_600_000)} h`;
    return `A batch of ${askerOf(source)} would “${effect}” ${people.size} of ${isPerson(source) ? '' : 'its '}${population} people${already}; the brake is at ${brake.limit}. Nothing of it was begun.`;
  }
  return undefined;
}

async function admit(
  deps: OperationDeps,
  stores: Stores,
  { waiting, counts, batch }: Judging & { readonly waiting: readonly Run[] },
): Promise<void> {
  const { source, at: now } = batch;
  for (const [effect, people] of counts) {
    const windowMs = deps.gate.policy.brake(effect, 0)?.windowMs;
    if (windowMs === undefined) continue;
    await stores.budgets.book({ key: keyOf(source, effect), references: [...people], now, windowMs });
  }
  await stores.runs.decideBatch(batch.batchId, { to: 'planned', note: null, at: now });
  const opened = waiting.filter((run) => opensAgain({ ...run, state: 'planned' }));
  await liftHrLocks(
    deps,
    stores,
    opened.map(({ personId }) => personId),
  );
  await stores.batches.settle(batch.batchId, 'admitted');
}

function keyOf(source: SourceId, effect: Braked): string {
  return `${askerOf(source)}/${effect}`;
}

/** What somebody asks for themselves, of several people at once, is a batch of theirs. */
function isPerson(source: SourceId): boolean {
  return source.startsWith('token:');
}

/** Under the same name as what comes one by one. */
function askerOf(source: SourceId): string {
  return isPerson(source) ? source : `source:${source}`;
}
