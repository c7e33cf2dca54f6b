import { classify, type Meaning } from '../../domain/classify.ts';
import { displayName } from '../../domain/display-name.ts';
import type { SourceId } from '../../domain/ids.ts';
import { sameValue } from '../../domain/standing/same-value.ts';
import type { Person } from '../../ports/registry/people.ts';
import type { Stores } from '../../ports/registry/registry.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { OperationDeps } from '../deps.ts';
import { planRuns } from '../plan-runs.ts';
import { endsByItself } from './history-of.ts';
import { type View, viewOf, type WorkerFacts } from './known-facts.ts';
import { settleDoubts } from './settle-doubts.ts';

/** A person, locked, and what is known of them before and now. `isNew`: they were made in this transaction. */
export type Learning = {
  readonly person: Person;
  readonly isNew: boolean;
  readonly before: readonly WorkerFacts[];
  readonly after: readonly WorkerFacts[];
  readonly source: SourceId;
  readonly cause: string;
  readonly batchId: string | null;
};

/** What came of it: what it means, what was planned in words, and what is known now. */
export type Learnt = {
  readonly meaning: Meaning;
  readonly note: string;
  readonly before: View;
  readonly view: View;
  readonly isSame: boolean;
};

/** Writes down what a person's facts make now, and plans what follows from how that differs from before, in the caller's transaction. */
export async function learn(deps: OperationDeps, stores: Stores, learning: Learning): Promise<Learnt> {
  const { person, isNew, before, after } = learning;
  const now = deps.clock.now();
  const { calendar } = deps.rules;
  // What was known is taken as it was when it was last looked at, so that the passing of time is noticed too.
  const { reconsiderAt } = person;
  const known = viewOf(before, reconsiderAt !== null && reconsiderAt <= now ? reconsiderAt - 1 : now, calendar);
  const view = viewOf(after, now, calendar);
  await save(stores, person, known, view);
  const meaning = await settled(stores, learning, { known, view });
  const { stance, wasThere } = view;
  const note = await planRuns(deps, stores, { ...learning, meaning, stance, wasThere, personId: person.id, isNew });
  await settleDoubts(deps, stores, { personId: person.id, after, view });
  return { meaning, note, before: known, view, isSame: isSame(known, view) };
}

type Views = { readonly known: View; readonly view: View };

/** Somebody whose end was known, and is there, leaves by what was planned for it. */
async function settled(stores: Stores, { person, isNew }: Learning, { known, view }: Views): Promise<Meaning> {
  const meaning = classify(known, view);
  const isPassing = known.stance.endsAt !== null && known.stance.endsAt === view.stance.endsAt && meaning.kinds.includes('leaver');
  if (isNew || !isPassing || !(await endsByItself(stores, person.id))) return meaning;
  return { ...meaning, kinds: meaning.kinds.filter((kind) => kind !== 'leaver') };
}

async function save(stores: Stores, person: Person, known: View, view: View): Promise<void> {
  for (const { source, workerId, record } of view.records) {
    const { now, last } = record;
    const old = known.records.find((one) => one.source === source && one.workerId === workerId)?.record;
    if (now === undefined || last === undefined) continue;
    if (old?.now !== undefined && old.last?.eventId === last.eventId && canonicalJson(old.now.worker) === canonicalJson(now.worker))
      continue;
    const order = { revision: last.revision, occurredAt: last.occurredAt, eventId: last.eventId };
    await stores.people.saveEngagement({ source, workerId, personId: person.id, worker: now.worker, ...order });
  }
  const { standing, endsAt, leading } = view.stance;
  const how = { standing, endsAt, reconsiderAt: view.changesAt };
  if (!sameValue(how, { standing: person.standing, endsAt: person.endsAt, reconsiderAt: person.reconsiderAt }))
    await stores.people.setStanding(person.id, how);
  const name = leading && displayName(leading.worker);
  if (name !== undefined && name !== person.displayName) await stores.people.rename(person.id, name);
}

function isSame(known: View, view: View): boolean {
  const said = ({ records }: View) =>
    records.map(({ source, workerId, record }) => ({ source, workerId, worker: record.now?.worker, closedAt: record.now?.closedAt }));
  return known.records.length === view.records.length && sameValue(said(known), said(view));
}
