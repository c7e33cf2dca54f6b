import type { Kysely, Selectable } from 'kysely';
import type { Hold, HoldStore, Resolution } from '../../ports/registry/records.ts';
import type { Database, HoldTable } from '../schema.ts';

/** What waits for a person's decision, and how it was decided. */
export function holdStore(database: Kysely<Database>): HoldStore {
  const open = () => database.updateTable('hold').where('resolved_at', 'is', null);
  return {
    async add(hold) {
      const { personId, ...same } = hold;
      const added = await database
        .insertInto('hold')
        .values({ ...same, person_id: personId, resolved_at: null, resolution: null, resolved_by: null, resolved_why: null })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      return added !== undefined;
    },
    async resolveRunsOf(personId, at) {
      const superseded = { resolution: 'superseded', resolved_by: 'gatehouse', resolved_why: 'Something newer about this person came in.' };
      await open()
        .set({ resolved_at: at, ...superseded })
        .where('person_id', '=', personId)
        .where('kind', '=', 'run')
        .execute();
    },
    ...questions(database),
    async resolve(id, { how, by, reason, at }) {
      const resolved = await open()
        .set({ resolved_at: at, resolution: how, resolved_by: by, resolved_why: reason })
        .where('id', '=', id)
        .executeTakeFirst();
      return resolved.numUpdatedRows === 1n;
    },
    async approve({ holdId, ...approval }) {
      await database
        .insertInto('approval')
        .values({ hold_id: holdId, ...approval })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const rows = await database.selectFrom('approval').selectAll().where('hold_id', '=', holdId).orderBy('at').execute();
      return rows.map(({ hold_id, ...row }) => ({ holdId: hold_id, ...row }));
    },
  };
}

function questions(database: Kysely<Database>): Pick<HoldStore, 'open' | 'openAbout' | 'byId' | 'lock' | 'decidedSince' | 'raisedSince'> {
  return {
    async open(limit) {
      const rows = await database.selectFrom('hold').selectAll().where('resolved_at', 'is', null).orderBy('at').limit(limit).execute();
      return rows.map(toHold);
    },
    async openAbout(reference) {
      const query = database.selectFrom('hold').selectAll().where('reference', '=', reference).where('resolved_at', 'is', null);
      return (await query.orderBy('at').execute()).map(toHold);
    },
    async byId(id) {
      const row = await database.selectFrom('hold').selectAll().where('id', '=', id).executeTakeFirst();
      return row && { ...toHold(row), resolution: resolutionOf(row) };
    },
    async lock(id) {
      const row = await database.selectFrom('hold').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
      return row && { ...toHold(row), resolution: resolutionOf(row) };
    },
    async decidedSince(reference, since) {
      const about = database.selectFrom('hold').selectAll().where('reference', '=', reference).where('resolved_at', '>=', since);
      const row = await about.where('resolution', '<>', 'superseded').orderBy('resolved_at', 'desc').limit(1).executeTakeFirst();
      return (row && resolutionOf(row)) ?? undefined;
    },
    async raisedSince(code, since) {
      const counted = database.selectFrom('hold').select(({ fn }) => fn.countAll<number>().as('count'));
      return (await counted.where('code', '=', code).where('at', '>=', since).executeTakeFirstOrThrow()).count;
    },
  };
}

function toHold(row: Selectable<HoldTable>): Hold {
  return {
    id: row.id,
    at: row.at,
    kind: row.kind as Hold['kind'],
    reference: row.reference,
    personId: row.person_id,
    code: row.code,
    message: row.message,
    approvals: row.approvals,
  };
}

function resolutionOf(row: Selectable<HoldTable>): Resolution | null {
  if (row.resolved_at === null) return null;
  return { how: row.resolution as Resolution['how'], by: row.resolved_by ?? '', reason: row.resolved_why ?? '', at: row.resolved_at };
}
