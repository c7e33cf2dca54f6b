import type { Meaning } from '../domain/classify.ts';
import { displayName } from '../domain/display-name.ts';
import { holdsFrom } from '../domain/standing/record-of.ts';
import type { Worker } from '../domain/worker.ts';
import { GatehouseError } from '../errors.ts';
import type { InboxRow } from '../ports/registry/inbox.ts';
import type { Person, WorkerFact } from '../ports/registry/people.ts';
import type { Stores } from '../ports/registry/registry.ts';
import { admitBatch } from './admission/admit-batch.ts';
import { inSpan, tellSpan } from '../telemetry/in-span.ts';
import { measure } from '../telemetry/measure.ts';
import { noteWork } from '../telemetry/work-at-hand.ts';
import type { OperationDeps } from './deps.ts';
import { raiseHold } from './holds/raise-hold.ts';
import { firstEpoch } from './plan-runs.ts';
import { type ReadFact, readFact } from './read-fact.ts';
import { factsOf, withFact } from './standing/known-facts.ts';
import { learn, type Learnt } from './standing/learn.ts';
import { managersOf } from './standing/managers-of.ts';
import { keepPersonKey, personWithKey } from './standing/person-key.ts';
import { takeBaseline } from './take-baseline.ts';

/** What became of an event, whose it is, and whether it was the last of a batch, whose runs may be started now. */
export type Folded = { readonly note: string; readonly personId: string | null; readonly isLastOfBatch: boolean };

const attempts = 5;

/**
 * Makes an event part of what is known about its person and plans the runs that follow from it. Repeating it is harmless: the inbox row is settled once.
 * Throws where the source cannot be read now, so that the queue delivers again.
 */
export function foldEvent(deps: OperationDeps, inboxId: string): Promise<Folded> {
  noteWork({ inboxId });
  return inSpan({ name: 'fold', facts: { 'gatehouse.event.id': inboxId } }, async () => {
    const { state, source, ...folded } = await foldOnce(deps, inboxId);
    const personId = folded.personId ?? undefined;
    noteWork({ personId });
    tellSpan({ 'gatehouse.person.id': personId, 'gatehouse.source': source });
    if (state !== 'settled before') measure('gatehouse.events', 1, { source, outcome: state });
    return folded;
  });
}

type FoldedOnce = Folded & { readonly state: Fate['state'] | 'settled before'; readonly source: string };

async function foldOnce(deps: OperationDeps, inboxId: string): Promise<FoldedOnce> {
  for (let attempt = 1; ; attempt += 1) {
    const row = await deps.registry.stores.inbox.byId(inboxId);
    if (row === undefined) throw new GatehouseError('not-found', `There is no event ${inboxId} in the inbox.`);
    const { source } = row;
    if (row.state !== 'received')
      return { note: `already ${row.state}`, personId: null, isLastOfBatch: false, state: 'settled before', source };
    await takeBaseline(deps, row.source);
    const fact = await readFact(deps, row);
    try {
      return await deps.registry.transaction(async (stores) => {
        const folded = await (fact.is === 'fact' ? fold(deps, stores, row, fact) : holdUnclear(deps, stores, row, fact));
        return { ...folded, source, isLastOfBatch: await closeBatch(deps, stores, row) };
      });
    } catch (error) {
      const isRace = error instanceof GatehouseError && error.code === 'busy';
      if (!isRace || attempt === attempts) throw error;
    }
  }
}

type Fact = Extract<ReadFact, { readonly is: 'fact' }>;
type Settled = Omit<FoldedOnce, 'isLastOfBatch' | 'source'>;

/** Nothing is known to have happened: the event waits for a person, whether its worker is known or not. */
async function holdUnclear(
  deps: OperationDeps,
  stores: Stores,
  row: InboxRow,
  { code, reason }: Exclude<ReadFact, Fact>,
): Promise<Settled> {
  const personId = (await stores.people.ownerOf(row.source, row.workerId)) ?? null;
  await settle(stores, row, 'held', reason);
  await raiseHold(deps, stores, { kind: 'event', reference: row.inboxId, personId, code, message: reason });
  await audit(deps, stores, { row, personId, action: 'event.held', detail: { reason } });
  return { note: reason, personId, state: 'held' };
}

async function fold(deps: OperationDeps, stores: Stores, row: InboxRow, read: Fact): Promise<Settled> {
  const owner = (await stores.people.ownerOf(row.source, row.workerId)) ?? (await personWithKey(stores, row.source, read.worker));
  const person = owner === undefined ? await createPerson(deps, stores, read.worker) : await lock(stores, owner);
  const isNew = owner === undefined;
  await keepPersonKey(stores, { personId: person.id, source: row.source, worker: read.worker, isNew });
  // Nobody else can know a person who is made in this transaction, so there is nothing to read.
  const before = isNew ? [] : await factsOf(stores, person.id);
  const fact = factOf(deps, row, read);
  await stores.people.saveFact(fact);
  // The row is settled before doubts are, so that a doubt about this very event finds it.
  await settle(stores, row, 'folded', null);
  const { source, inboxId: cause, batchId } = row;
  const learnt = await learn(deps, stores, { person, isNew, before, after: withFact(before, fact), source, cause, batchId });
  return tell(deps, stores, { row, person, learnt });
}

function factOf(deps: OperationDeps, row: InboxRow, { worker, revision, occurredAt, effectiveFrom }: Fact): WorkerFact {
  const { source, workerId, eventId } = row;
  const from = holdsFrom({ effectiveFrom }, worker, deps.rules.calendar);
  const when = { revision, occurredAt, effectiveFrom, holdsFrom: from, learntAt: deps.clock.now() };
  return { source, workerId, eventId, told: worker, ...when, state: 'counted', isDecided: false };
}

async function lock(stores: Stores, personId: string): Promise<Person> {
  const person = await stores.people.lock(personId, 'update');
  if (person === undefined) throw new GatehouseError('internal', `The person ${personId} is missing.`);
  return person;
}

type Telling = { readonly row: InboxRow; readonly person: Person; readonly learnt: Learnt };

/** Says on the inbox row and in the audit what came of the event. */
async function tell(deps: OperationDeps, stores: Stores, telling: Telling): Promise<Settled> {
  const { row, person, learnt } = telling;
  const { meaning } = learnt;
  const { state, note } = fateOf(telling);
  if (state !== 'held') await stores.inbox.restate(row.inboxId, state, note);
  const managers = meaning.changed.includes('managerId') ? await managersOf(stores, row.source, learnt) : {};
  const detail = { kind: inWords(meaning), changed: meaning.changed, ...managers, note };
  await audit(deps, stores, { row, personId: person.id, action: `event.${state}`, detail });
  return { note, personId: person.id, state };
}

type Fate = { readonly state: 'held' | 'stale' | 'folded'; readonly note: string };

/** An event that changes nothing, and after which something else is known already, is stale. */
function fateOf({ row, person, learnt }: Telling): Fate {
  const { meaning, view, isSame, note } = learnt;
  const record = view.records.find((one) => one.source === row.source && one.workerId === row.workerId)?.record;
  const doubt = record?.doubts.get(row.eventId);
  if (doubt !== undefined) return { state: 'held', note: doubt.reason };
  const isStale = isSame && record?.last?.eventId !== row.eventId && view.changesAt === person.reconsiderAt;
  return isStale
    ? { state: 'stale', note: 'Something newer about this worker is known already.' }
    : { state: 'folded', note: `${inWords(meaning)}: ${note}` };
}

function inWords({ kinds }: Meaning): string {
  return kinds.length === 0 ? 'nothing' : kinds.join(', ');
}

/** Somebody else may have folded it while we waited for the person; then nothing of ours may stay. */
async function settle(stores: Stores, { inboxId }: InboxRow, state: 'folded' | 'held', reason: string | null): Promise<void> {
  if (!(await stores.inbox.settle(inboxId, state, reason)))
    throw new GatehouseError('busy', `The event ${inboxId} was taken up by somebody else.`);
}

const newcomer = { standing: 'none', endsAt: null, reconsiderAt: null } as const;

async function createPerson(deps: OperationDeps, stores: Stores, worker: Worker): Promise<Person> {
  const person: Person = { id: deps.ids.next(), epoch: firstEpoch, displayName: displayName(worker), baseline: false, ...newcomer };
  await stores.people.create(person);
  return person;
}

/** Whoever settles the last event of a batch has it judged; nothing of it begins before. Events that come in with it later are judged by themselves, beside what was admitted. */
async function closeBatch(deps: OperationDeps, stores: Stores, { batchId, source }: InboxRow): Promise<boolean> {
  if (batchId === null) return false;
  const at = deps.clock.now();
  await stores.batches.lock(batchId, source, at);
  if ((await stores.batches.unfolded(batchId)) > 0) return false;
  await admitBatch(deps, stores, { batchId, source, at });
  return true;
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
