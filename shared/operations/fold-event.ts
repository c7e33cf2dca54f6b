import { classify, isActive } from '../domain/classify.ts';
import { displayName } from '../domain/display-name.ts';
import { mergeWorker } from '../domain/merge-worker.ts';
import type { Worker } from '../domain/worker.ts';
import { GatehouseError } from '../errors.ts';
import type { InboxRow } from '../ports/registry/inbox.ts';
import type { Engagement } from '../ports/registry/people.ts';
import type { Stores } from '../ports/registry/registry.ts';
import { canonicalJson } from './canonical-json.ts';
import type { OperationDeps } from './deps.ts';
import { firstEpoch, planRuns } from './plan-runs.ts';
import { type ReadFact, readFact } from './read-fact.ts';
import { takeBaseline } from './take-baseline.ts';

/** What became of an event, and the runs to start now. */
export type Folded = { readonly note: string; readonly personId: string | null };

const attempts = 5;

/**
 * Makes an event part of what is known about its person and plans the runs that follow from it. Repeating it is harmless: the inbox row is settled once.
 * Throws where the source cannot be read now, so that the queue delivers again.
 */
export async function foldEvent(deps: OperationDeps, inboxId: string): Promise<Folded> {
  for (let attempt = 1; ; attempt += 1) {
    const row = await deps.registry.stores.inbox.byId(inboxId);
    if (row === undefined) throw new GatehouseError('not-found', `There is no event ${inboxId} in the inbox.`);
    if (row.state !== 'received') return { note: `already ${row.state}`, personId: null };
    await takeBaseline(deps, row.source);
    const fact = await readFact(deps, row);
    try {
      return await deps.registry.transaction((stores) =>
        fact.is === 'fact' ? fold(deps, stores, row, fact) : holdUnclear(deps, stores, row, fact),
      );
    } catch (error) {
      const isRace = error instanceof GatehouseError && error.code === 'busy';
      if (!isRace || attempt === attempts) throw error;
    }
  }
}

type Fact = Extract<ReadFact, { readonly is: 'fact' }>;

/** Nothing is known to have happened: the event waits for a person, whether its worker is known or not. */
async function holdUnclear(deps: OperationDeps, stores: Stores, row: InboxRow, { code, reason }: Exclude<ReadFact, Fact>): Promise<Folded> {
  const personId = (await stores.people.ownerOf(row.source, row.workerId)) ?? null;
  return settleAside(deps, stores, { row, personId, state: 'held', code, reason });
}

async function fold(deps: OperationDeps, stores: Stores, row: InboxRow, fact: Fact): Promise<Folded> {
  const owner = await stores.people.ownerOf(row.source, row.workerId);
  const personId = owner ?? (await createPerson(deps, stores, fact.worker));
  const isNew = owner === undefined;
  // Nobody else can know a person who is made in this transaction, so there is nothing to lock, to read or to supersede.
  const before = isNew ? [] : await lockAndRead(stores, row, personId);
  const known = before.find((engagement) => engagement.source === row.source && engagement.workerId === row.workerId);
  const obstacle = known && obstacleTo(known, row, fact);
  if (obstacle !== undefined) return settleAside(deps, stores, { row, personId, ...obstacle });
  const worker = mergeWorker(known?.worker, fact.worker);
  const engagement: Engagement = { source: row.source, workerId: row.workerId, personId, worker, ...order(row, fact) };
  await stores.people.saveEngagement(engagement);
  if (!isNew) await stores.people.rename(personId, displayName(worker));
  const others = before.filter((one) => one !== known).map((one) => one.worker);
  const kind = classify(
    before.map((one) => one.worker),
    [...others, worker],
  );
  const note = await planRuns(deps, stores, { source: row.source, personId, isNew, kind, worker, cause: row.inboxId });
  await stores.inbox.settle(row.inboxId, 'folded', `${kind}: ${note}`);
  await audit(deps, stores, { row, personId, action: 'event.folded', detail: { kind, note } });
  return { note: `${kind}: ${note}`, personId };
}

async function lockAndRead(stores: Stores, row: InboxRow, personId: string): Promise<readonly Engagement[]> {
  await stores.people.lock(personId, 'update');
  await stillToFold(stores, row);
  return stores.people.engagements(personId);
}

/** Somebody else may have folded it while we waited for the person; then nothing of ours may stay. */
async function stillToFold(stores: Stores, { inboxId }: InboxRow): Promise<void> {
  const state = (await stores.inbox.byId(inboxId))?.state;
  if (state !== 'received') throw new GatehouseError('busy', `The event ${inboxId} was taken up by somebody else.`);
}

function order(row: InboxRow, fact: Fact): Pick<Engagement, 'revision' | 'occurredAt' | 'eventId'> {
  return { revision: fact.revision, occurredAt: fact.occurredAt, eventId: row.eventId };
}

type Obstacle = { readonly state: 'stale' | 'held'; readonly code: string; readonly reason: string };

/** An older version stops here; an equal one that says otherwise, and a terminated id that returns under another name, wait for a person. */
function obstacleTo(known: Engagement, row: InboxRow, fact: Fact): Obstacle | undefined {
  const age = compareAge(known, row, fact);
  if (age < 0) return { state: 'stale', code: 'stale', reason: 'Something newer about this worker is known already.' };
  const contradicts = age === 0 && canonicalJson(mergeWorker(known.worker, fact.worker)) !== canonicalJson(known.worker);
  if (contradicts)
    return {
      state: 'held',
      code: 'contradiction',
      reason: `The source says two different things about ${row.workerId} under one revision. Decide which holds.`,
    };
  const isReused = !isActive(known.worker) && isActive(fact.worker) && !sharesName(known.worker, fact.worker);
  if (isReused)
    return {
      state: 'held',
      code: 'worker-id-reused',
      reason: `The worker id ${row.workerId} belonged to ${displayName(known.worker)} and returns as ${displayName(fact.worker)}. Decide who this is.`,
    };
  return undefined;
}

/** By the source's revision where both have one, else by when it happened, then by id. */
function compareAge(known: Engagement, row: InboxRow, fact: Fact): number {
  if (known.revision !== null && fact.revision !== null) return fact.revision - known.revision;
  if (fact.occurredAt !== known.occurredAt) return fact.occurredAt - known.occurredAt;
  return row.eventId < known.eventId ? -1 : 1;
}

function sharesName(one: Worker, other: Worker): boolean {
  const parts = (worker: Worker) =>
    [worker.name.given, worker.name.family].filter((part) => part != null && part !== '').map((part) => folded(part ?? ''));
  const known = new Set(parts(one));
  return parts(other).some((part) => known.has(part));
}

function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

const newcomer = { standing: 'none', endsAt: null, reconsiderAt: null } as const;

async function createPerson(deps: OperationDeps, stores: Stores, worker: Worker): Promise<string> {
  const id = deps.ids.next();
  await stores.people.create({ id, epoch: firstEpoch, displayName: displayName(worker), baseline: false, ...newcomer });
  return id;
}

async function settleAside(
  deps: OperationDeps,
  stores: Stores,
  aside: Obstacle & { readonly row: InboxRow; readonly personId: string | null },
): Promise<Folded> {
  const { row, personId, state, code, reason } = aside;
  if (!(await stores.inbox.settle(row.inboxId, state, reason)))
    throw new GatehouseError('busy', `The event ${row.inboxId} was taken up by somebody else.`);
  if (state === 'held') {
    await stores.holds.add({
      id: deps.ids.next(),
      at: deps.clock.now(),
      kind: 'event',
      reference: row.inboxId,
      personId,
      code,
      message: reason,
      approvals: 1,
    });
  }
  await audit(deps, stores, { row, personId, action: `event.${state}`, detail: { reason } });
  return { note: reason, personId };
}

type Note = {
  readonly row: InboxRow;
  readonly personId: string | null;
  readonly action: string;
  readonly detail: Readonly<Record<string, unknown>>;
};

async function audit(deps: OperationDeps, stores: Stores, { row, personId, action, detail }: Note): Promise<void> {
  const line = {
    at: deps.clock.now(),
    actor: `source:${row.source}`,
    action,
    personId,
    runId: null,
    target: null,
    detail: { inboxId: row.inboxId, ...detail },
  };
  await stores.audit.append([line]);
}
