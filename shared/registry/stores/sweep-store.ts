import type { Kysely } from 'kysely';
import type { SweepStore } from '../../ports/registry/sweeps.ts';
import type { Database } from '../schema.ts';

/** Looks at everybody who has left, and what was closed again. */
export function sweepStore(database: Kysely<Database>): SweepStore {
  return {
    async begin(id, at) {
      await database
        .insertInto('sweep')
        .values({ id, started_at: at, ended_at: null, looked: 0, found: 0, repaired: 0, raised: 0 })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async tell(id, counts) {
      await database
        .updateTable('sweep')
        .set((column) => ({
          looked: column('looked', '+', counts.looked),
          found: column('found', '+', counts.found),
          repaired: column('repaired', '+', counts.repaired),
          raised: column('raised', '+', counts.raised),
        }))
        .where('id', '=', id)
        .execute();
    },
    async end(id, at) {
      await database.updateTable('sweep').set({ ended_at: at }).where('id', '=', id).where('ended_at', 'is', null).execute();
    },
    async last() {
      const row = await database.selectFrom('sweep').selectAll().orderBy('started_at', 'desc').limit(1).executeTakeFirst();
      if (row === undefined) return undefined;
      const { started_at: startedAt, ended_at: endedAt, ...same } = row;
      return { ...same, startedAt, endedAt };
    },
    ...repairs(database),
  };
}

function repairs(database: Kysely<Database>): Pick<SweepStore, 'repairsOf' | 'countRepair'> {
  return {
    async repairsOf(person) {
      const rows = await database.selectFrom('repair').selectAll().where('person_id', '=', person).orderBy('thing').execute();
      return rows.map((row) => ({
        personId: row.person_id,
        target: row.target,
        thing: row.thing,
        times: row.times,
        firstAt: row.first_at,
        lastAt: row.last_at,
      }));
    },
    async countRepair({ personId, target, thing }, at) {
      const row = await database
        .insertInto('repair')
        .values({ person_id: personId, target, thing, times: 1, first_at: at, last_at: at })
        .onConflict((conflict) =>
          conflict
            .columns(['person_id', 'target', 'thing'])
            .doUpdateSet((column) => ({ times: column('repair.times', '+', 1), last_at: at })),
        )
        .returning('times')
        .executeTakeFirstOrThrow();
      return row.times;
    },
  };
}
