import type { Kysely } from 'kysely';
import type { Batch, BatchStore } from '../../ports/registry/batches.ts';
import type { BatchTable, Database } from '../schema.ts';

/** Events that came together. */
export function batchStore(database: Kysely<Database>): BatchStore {
  const batch = (id: string) => database.selectFrom('batch').selectAll().where('id', '=', id);
  return {
    async lock(id, source, at) {
      await database
        .insertInto('batch')
        .values({ id, source, state: 'judging', at })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      return toBatch(await batch(id).forUpdate().executeTakeFirstOrThrow());
    },
    async byId(id) {
      const row = await batch(id).executeTakeFirst();
      return row && toBatch(row);
    },
    async unfolded(id) {
      const row = await database
        .selectFrom('inbox')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('batch_id', '=', id)
        .where('state', '=', 'received')
        .executeTakeFirstOrThrow();
      return row.count;
    },
    async settle(id, state) {
      await database.updateTable('batch').set({ state }).where('id', '=', id).execute();
    },
  };
}

function toBatch(row: BatchTable): Batch {
  return { id: row.id, source: row.source, state: row.state as Batch['state'], at: row.at };
}
