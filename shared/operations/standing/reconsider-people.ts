import { sameValue } from '../../domain/standing/same-value.ts';
import { GatehouseError } from '../../errors.ts';
import type { SourcedWorker } from '../../ports/hr-source.ts';
import type { Engagement, WorkerFact } from '../../ports/registry/people.ts';
import type { Stores } from '../../ports/registry/registry.ts';
import type { OperationDeps } from '../deps.ts';
import { factsOf, type View, viewOf, withFact, type WorkerFacts } from './known-facts.ts';
import { learn } from './learn.ts';

const page = 100;
const mostRounds = 20;
const readTimeoutMs = 10_000;

/** Looks again at everybody for whom something has changed by the passing of time, and plans what follows. Answers how many. */
export async function reconsiderPeople(deps: OperationDeps): Promise<number> {
  let done = 0;
  for (let round = 1; round <= mostRounds; round += 1) {
    const due = await deps.registry.stores.people.toReconsider(deps.clock.now(), page);
    let looked = 0;
    for (const personId of due) looked += (await reconsider(deps, personId)) ? 1 : 0;
    done += looked;
    // Whoever could not be looked at stays in front: they are tried again with the next tick.
    if (due.length < page || looked === 0) break;
  }
  return done;
}

async function reconsider(deps: OperationDeps, personId: string): Promise<boolean> {
  try {
    const read = await readAgain(deps, personId);
    await deps.registry.transaction((stores) => reconsiderIn(deps, stores, personId, read));
    return true;
  } catch (error) {
    deps.log.warn('A person could not be looked at again and is tried later.', { personId, error });
    return false;
  }
}

type Read = { readonly engagement: Engagement; readonly found: SourcedWorker; readonly askedAt: number };

/** Where what was told ahead begins to hold, the source is asked what holds by now. One that is away keeps nothing back: then what was told counts. */
async function readAgain(deps: OperationDeps, personId: string): Promise<readonly Read[]> {
  const { people } = deps.registry.stores;
  const now = deps.clock.now();
  const reads: Read[] = [];
  for (const engagement of await people.engagements(personId)) {
    const source = deps.sources.get(engagement.source);
    const facts = await people.facts(engagement.source, engagement.workerId);
    if (
      source === undefined ||
      !facts.some(({ effectiveFrom, holdsFrom, learntAt }) => effectiveFrom !== null && holdsFrom > learntAt && holdsFrom <= now)
    )
      continue;
    const found = await source.worker(engagement.workerId, AbortSignal.timeout(readTimeoutMs)).catch((error: unknown) => {
      if (!(error instanceof GatehouseError)) throw error;
      deps.log.warn('The source could not be read again; what it told ahead counts.', { source: engagement.source, error });
      return undefined;
    });
    if (found !== undefined) reads.push({ engagement, found, askedAt: now });
  }
  return reads;
}

async function reconsiderIn(deps: OperationDeps, stores: Stores, personId: string, reads: readonly Read[]): Promise<void> {
  const person = await stores.people.lock(personId, 'update');
  if (person === undefined || person.reconsiderAt === null || person.reconsiderAt > deps.clock.now()) return;
  const before = await factsOf(stores, personId);
  let after = before;
  for (const read of reads) after = await withRead(deps, stores, after, read);
  const source = viewOf(after, deps.clock.now(), deps.rules.calendar).stance.leading?.source ?? before[0]?.source;
  if (source === undefined) return;
  const learnt = await learn(deps, stores, {
    person,
    isNew: false,
    before,
    after,
    source,
    cause: `time:${person.reconsiderAt}`,
    batchId: null,
  });
  if (learnt.meaning.kinds.length === 0) return;
  const detail = { kind: learnt.meaning.kinds.join(', '), changed: learnt.meaning.changed, note: learnt.note };
  const line = { at: deps.clock.now(), actor: 'gatehouse', action: 'person.reconsidered', personId, runId: null, target: null, detail };
  await stores.audit.append([line]);
}

/** What the source says now is a fact of its own, where it says anything else than what is known. */
async function withRead(
  deps: OperationDeps,
  stores: Stores,
  known: readonly WorkerFacts[],
  { engagement, found, askedAt }: Read,
): Promise<readonly WorkerFacts[]> {
  const { source, workerId } = engagement;
  const fact: WorkerFact = {
    source,
    workerId,
    eventId: `read/${askedAt}`,
    told: found.worker,
    revision: found.revision,
    occurredAt: askedAt,
    effectiveFrom: new Date(askedAt).toISOString(),
    holdsFrom: askedAt,
    learntAt: askedAt,
    state: 'counted',
    isDecided: true,
  };
  const after = withFact(known, fact);
  const now = deps.clock.now();
  const { calendar } = deps.rules;
  if (sameValue(workerIn(viewOf(known, now, calendar), engagement), workerIn(viewOf(after, now, calendar), engagement))) return known;
  await stores.people.saveFact(fact);
  return after;
}

function workerIn({ records }: View, { source, workerId }: Engagement): unknown {
  return records.find((one) => one.source === source && one.workerId === workerId)?.record.now?.worker;
}
