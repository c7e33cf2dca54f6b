import type { SourceId } from '../../domain/ids.ts';
import type { Known } from '../../domain/classify.ts';
import type { Calendar } from '../../domain/standing/calendar.ts';
import { recordOf, type WorkerRecord } from '../../domain/standing/record-of.ts';
import { standingOf } from '../../domain/standing/standing-of.ts';
import type { Engagement, WorkerFact } from '../../ports/registry/people.ts';
import type { Stores } from '../../ports/registry/registry.ts';

/** Everything that was told about one worker id. */
export type WorkerFacts = { readonly source: SourceId; readonly workerId: string; readonly facts: readonly WorkerFact[] };

/** What a person's facts make at a time: how they stand, and the record of each worker id. `changesAt` is when that changes by itself. */
export type View = Known & {
  readonly records: readonly (Pick<WorkerFacts, 'source' | 'workerId'> & { readonly record: WorkerRecord })[];
  readonly changesAt: number | null;
};

/** All that was told about a person; what was only kept as a record becomes a fact. */
export async function factsOf(stores: Stores, personId: string): Promise<readonly WorkerFacts[]> {
  const found: WorkerFacts[] = [];
  for (const engagement of await stores.people.engagements(personId)) {
    const { source, workerId } = engagement;
    const facts = await stores.people.facts(source, workerId);
    if (facts.length === 0) await stores.people.saveFact(factFrom(engagement));
    found.push({ source, workerId, facts: facts.length === 0 ? [factFrom(engagement)] : facts });
  }
  return found;
}

/** A record that was kept without what it was made from is a fact by itself. */
export function factFrom({ source, workerId, worker, revision, occurredAt, eventId }: Engagement): WorkerFact {
  const asTold = { effectiveFrom: null, holdsFrom: 0, learntAt: occurredAt, state: 'counted', isDecided: true } as const;
  return { source, workerId, eventId, told: worker, revision, occurredAt, ...asTold };
}

/** The facts with one more; of the same event, the given one counts. */
export function withFact(known: readonly WorkerFacts[], fact: WorkerFact): readonly WorkerFacts[] {
  const { source, workerId, eventId } = fact;
  const isOf = (one: WorkerFacts) => one.source === source && one.workerId === workerId;
  const facts = [...(known.find(isOf)?.facts.filter((other) => other.eventId !== eventId) ?? []), fact];
  return [...known.filter((one) => !isOf(one)), { source, workerId, facts }];
}

/** What the facts make of the person at a time. */
export function viewOf(known: readonly WorkerFacts[], now: number, calendar: Calendar): View {
  const records = known.map(({ source, workerId, facts }) => ({ source, workerId, record: recordOf(facts, now, calendar) }));
  const employments = records.flatMap(({ source, workerId, record }) =>
    [...record.earlier, ...(record.now === undefined ? [] : [record.now])].map((stint) => ({ source, workerId, ...stint })),
  );
  const stance = standingOf(employments, now, calendar);
  const moments = [stance.changesAt, ...records.map(({ record }) => record.changesAt)].filter((moment) => moment !== null);
  return {
    stance,
    wasThere: records.some(({ record }) => record.wasThere),
    records,
    changesAt: moments.length === 0 ? null : Math.min(...moments),
  };
}
