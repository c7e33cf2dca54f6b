import { type Kysely, type Selectable, sql } from 'kysely';
import { type Worker, workerSchema } from '../../domain/worker.ts';
import { GatehouseError } from '../../errors.ts';
import type { Engagement, PeopleStore, Person, Standing, WorkerFact } from '../../ports/registry/people.ts';
import type { Database, EngagementTable, FactTable, PersonTable } from '../schema.ts';

/** People, their worker records, and the facts these were merged from. */
export function peopleStore(database: Kysely<Database>): PeopleStore {
  return { ...personRows(database), ...personLists(database), ...engagementRows(database), ...factRows(database) };
}

type PersonPart = Pick<PeopleStore, 'create' | 'byId' | 'lock' | 'rename' | 'raiseEpoch' | 'setStanding'>;

function personRows(database: Kysely<Database>): PersonPart {
  const person = (id: string) => database.selectFrom('person').selectAll().where('id', '=', id);
  return {
    async create(row) {
      await database
        .insertInto('person')
        .values({
          id: row.id,
          epoch: row.epoch,
          display_name: row.displayName,
          baseline: row.baseline,
          standing: row.standing,
          ends_at: row.endsAt,
          reconsider_at: row.reconsiderAt,
        })
        .execute();
    },
    async byId(id) {
      const row = await person(id).executeTakeFirst();
      return row && toPerson(row);
    },
    async lock(id, mode) {
      const query = mode === 'share' ? person(id).forShare() : person(id).forUpdate();
      const row = await query.executeTakeFirst();
      return row && toPerson(row);
    },
    async rename(id, displayName) {
      await database.updateTable('person').set({ display_name: displayName }).where('id', '=', id).execute();
    },
    async raiseEpoch(id) {
      const row = await database
        .updateTable('person')
        .set((column) => ({ epoch: column('epoch', '+', 1) }))
        .where('id', '=', id)
        .returning('epoch')
        .executeTakeFirstOrThrow();
      return row.epoch;
    },
    async setStanding(id, { standing, endsAt, reconsiderAt }) {
      await database.updateTable('person').set({ standing, ends_at: endsAt, reconsider_at: reconsiderAt }).where('id', '=', id).execute();
    },
  };
}

async function present(database: Kysely<Database>, source: string | undefined): Promise<number> {
  const there = database.selectFrom('person').where('standing', 'in', ['active', 'leave', 'leaving']);
  const chosen =
    source === undefined
      ? there
      : there.where('id', 'in', database.selectFrom('engagement').select('person_id').where('source', '=', source));
  return (await chosen.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow()).count;
}

function personLists(database: Kysely<Database>): Pick<PeopleStore, 'toReconsider' | 'ended' | 'list' | 'count' | 'present'> {
  const people = (after: string, limit: number) =>
    database.selectFrom('person').selectAll().where('id', '>', after).orderBy('id').limit(limit);
  return {
    async toReconsider(now, limit) {
      const query = database.selectFrom('person').select('id').where('reconsider_at', '<=', now).orderBy('reconsider_at').limit(limit);
      return (await query.execute()).map((row) => row.id);
    },
    async ended(by, after, limit) {
      return (await people(after, limit).where('ends_at', '<=', by).execute()).map(toPerson);
    },
    async count() {
      const row = await database
        .selectFrom('person')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return row.count;
    },
    present: (source) => present(database, source),
    async list(after, limit) {
      return (await people(after, limit).execute()).map(toPerson);
    },
  };
}

function factRows(database: Kysely<Database>): Pick<PeopleStore, 'saveFact' | 'facts'> {
  return {
    async saveFact(fact) {
      const { source, workerId, eventId, told, ...rest } = fact;
      const changing = {
        // What was said of the record stands beside it, in the same document.
        worker: JSON.stringify({ ...told, [besides]: { effectiveFrom: rest.effectiveFrom, isDecided: rest.isDecided } }),
        revision: rest.revision,
        occurred_at: rest.occurredAt,
        holds_from: rest.holdsFrom,
        learnt_at: rest.learntAt,
        state: rest.state,
      };
      await database
        .insertInto('fact')
        .values({ source, worker_id: workerId, event_id: eventId, ...changing })
        .onConflict((conflict) => conflict.columns(['source', 'worker_id', 'event_id']).doUpdateSet(changing))
        .execute();
    },
    async facts(source, workerId) {
      const query = database.selectFrom('fact').selectAll().where('source', '=', source).where('worker_id', '=', workerId);
      return (await query.orderBy('id').execute()).map(toFact);
    },
  };
}

type EngagementPart = Pick<
  PeopleStore,
  'ownerOf' | 'withWorkerId' | 'engagements' | 'ofSource' | 'saveEngagement' | 'reportsOf' | 'currentWorkers'
>;

function engagementRows(database: Kysely<Database>): EngagementPart {
  return {
    async ownerOf(source, workerId) {
      const query = database.selectFrom('engagement').select('person_id').where('source', '=', source).where('worker_id', '=', workerId);
      return (await query.executeTakeFirst())?.person_id;
    },
    withWorkerId: (workerId) =>
      database
        .selectFrom('engagement')
        .select(['source', 'person_id as personId'])
        .where('worker_id', '=', workerId)
        .orderBy('source')
        .execute(),
    async ofSource(source, after, limit) {
      const query = database.selectFrom('engagement').selectAll().where('source', '=', source).where('worker_id', '>', after);
      return (await query.orderBy('worker_id').limit(limit).execute()).map(toEngagement);
    },
    async engagements(id) {
      const rows = await database
        .selectFrom('engagement')
        .selectAll()
        .where('person_id', '=', id)
        .orderBy('source')
        .orderBy('worker_id')
        .execute();
      return rows.map(toEngagement);
    },
    saveEngagement: (engagement) => saveEngagement(database, engagement),
    async currentWorkers(source) {
      const ended = sql<boolean>`worker ->> 'status' in ('terminated', 'rescinded')`;
      const query = database
        .selectFrom('engagement')
        .select('worker_id')
        .where('source', '=', source)
        .where((has) => has.not(ended));
      return (await query.orderBy('worker_id').execute()).map((row) => row.worker_id);
    },
    async reportsOf(source, managerWorkerId) {
      const query = database
        .selectFrom('engagement')
        .select('person_id')
        .distinct()
        .where('source', '=', source)
        .where('manager_id', '=', managerWorkerId);
      return (await query.execute()).map((row) => row.person_id);
    },
  };
}

async function saveEngagement(database: Kysely<Database>, engagement: Engagement): Promise<void> {
  const worker = JSON.stringify(engagement.worker);
  const changing = {
    person_id: engagement.personId,
    worker,
    manager_id: engagement.worker.managerId ?? null,
    revision: engagement.revision,
    occurred_at: engagement.occurredAt,
    event_id: engagement.eventId,
  };
  const saved = await database
    .insertInto('engagement')
    .values({ source: engagement.source, worker_id: engagement.workerId, ...changing })
    .onConflict((conflict) =>
      conflict.columns(['source', 'worker_id']).doUpdateSet(changing).where('engagement.person_id', '=', engagement.personId),
    )
    .returning('person_id')
    .executeTakeFirst();
  if (saved === undefined)
    throw new GatehouseError('busy', `The worker ${engagement.workerId} was given to another person at the same moment. Try again.`);
}

function toPerson(row: Selectable<PersonTable>): Person {
  return {
    id: row.id,
    epoch: row.epoch,
    displayName: row.display_name,
    baseline: row.baseline,
    standing: row.standing as Standing,
    endsAt: row.ends_at,
    reconsiderAt: row.reconsider_at,
  };
}

const besides = '$fact';

/** As `saveFact` wrote it: it was checked when it was told, and a worker may have hundreds of facts, all of which are read for each new one. */
type StoredFact = Worker & { readonly [besides]?: { readonly effectiveFrom: string | null; readonly isDecided: boolean } };

function toFact(row: Selectable<FactTable>): WorkerFact {
  const { [besides]: said, ...told } = row.worker as StoredFact;
  return {
    source: row.source,
    workerId: row.worker_id,
    eventId: row.event_id,
    told,
    revision: row.revision,
    occurredAt: row.occurred_at,
    effectiveFrom: said?.effectiveFrom ?? null,
    isDecided: said?.isDecided ?? false,
    holdsFrom: row.holds_from,
    learntAt: row.learnt_at,
    state: row.state as WorkerFact['state'],
  };
}

function toEngagement(row: EngagementTable): Engagement {
  const worker: Worker = workerSchema.parse(row.worker);
  return {
    source: row.source,
    workerId: row.worker_id,
    personId: row.person_id,
    worker,
    revision: row.revision,
    occurredAt: row.occurred_at,
    eventId: row.event_id,
  };
}
