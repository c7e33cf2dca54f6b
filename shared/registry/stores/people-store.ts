import type { Kysely } from 'kysely';
import { type Worker, workerSchema } from '../../domain/worker.ts';
import { GatehouseError } from '../../errors.ts';
import type { Engagement, PeopleStore, Person } from '../../ports/registry/people.ts';
import type { Database, EngagementTable, PersonTable } from '../schema.ts';

/** People, their worker records, and the facts these were merged from. */
export function peopleStore(database: Kysely<Database>): PeopleStore {
  return { ...personRows(database), ...engagementRows(database) };
}

function personRows(database: Kysely<Database>): Pick<PeopleStore, 'create' | 'byId' | 'lock' | 'rename' | 'raiseEpoch' | 'count'> {
  const person = (id: string) => database.selectFrom('person').selectAll().where('id', '=', id);
  return {
    async create(row) {
      await database
        .insertInto('person')
        .values({ id: row.id, epoch: row.epoch, display_name: row.displayName, baseline: row.baseline })
        .execute();
    },
    async byId(id) {
      return toPerson(await person(id).executeTakeFirst());
    },
    async lock(id, mode) {
      const query = mode === 'share' ? person(id).forShare() : person(id).forUpdate();
      return toPerson(await query.executeTakeFirst());
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
    async count() {
      const row = await database
        .selectFrom('person')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return row.count;
    },
  };
}

type EngagementPart = Pick<PeopleStore, 'ownerOf' | 'withWorkerId' | 'engagements' | 'saveEngagement' | 'reportsOf'>;

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
    saveEngagement: (engagement, learntAt) => saveEngagement(database, engagement, learntAt),
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

async function saveEngagement(database: Kysely<Database>, engagement: Engagement, learntAt: number): Promise<void> {
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
  await database
    .insertInto('fact')
    .values({
      source: engagement.source,
      worker_id: engagement.workerId,
      event_id: engagement.eventId,
      worker,
      holds_from: engagement.occurredAt,
      learnt_at: learntAt,
    })
    .execute();
}

function toPerson(row: PersonTable | undefined): Person | undefined {
  return row && { id: row.id, epoch: row.epoch, displayName: row.display_name, baseline: row.baseline };
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
