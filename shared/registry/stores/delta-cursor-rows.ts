import { type Kysely, sql } from 'kysely';
import type { DeltaResource } from '../../ports/readers/deltas.ts';
import type { CursorRows, DeltaCursor } from '../../ports/registry/graph-door.ts';
import type { Database, DeltaCursorTable } from '../schema.ts';

const fresh = { link: null, round: 1, is_full: true, is_known: false, wanted: 1, ended_at: null, holder: null, lease_until: 0 } as const;
const nobody = { holder: null, lease_until: 0 } as const;

/** Where we are in each stream of changes, and who reads on in it. */
export function deltaCursorRows(database: Kysely<Database>): CursorRows {
  const own = ({ target, resource }: Pick<DeltaCursor, 'target' | 'resource'>) =>
    database.updateTable('delta_cursor').where('target', '=', target).where('resource', '=', resource);
  return {
    async cursors() {
      const rows = await database.selectFrom('delta_cursor').selectAll().orderBy('target').orderBy('resource').execute();
      return rows.map(toCursor);
    },
    async want({ target, resource }) {
      await database
        .insertInto('delta_cursor')
        .values({ target, resource, ...fresh })
        .onConflict((conflict) => conflict.columns(['target', 'resource']).doUpdateSet({ wanted: sql<number>`delta_cursor.wanted + 1` }))
        .execute();
    },
    async claim(key, holder, now, leaseUntil) {
      const row = await own(key).where('lease_until', '<=', now).set({ holder, lease_until: leaseUntil }).returningAll().executeTakeFirst();
      return row && toCursor(row);
    },
    async advance(from, to, leaseUntil) {
      const moved = await own(from)
        .where('holder', '=', from.holder)
        .where('round', '=', from.round)
        .where('link', from.link === null ? 'is' : '=', from.link)
        .set({ link: to.link, round: to.round, is_full: to.isFull, is_known: to.isKnown, lease_until: leaseUntil })
        .executeTakeFirst();
      return moved.numUpdatedRows === 1n;
    },
    async finish(key, holder, endedAt) {
      const ended = await own(key)
        .where('holder', '=', holder)
        .where('wanted', '=', key.wanted)
        .set({ ...nobody, ended_at: endedAt })
        .executeTakeFirst();
      return ended.numUpdatedRows === 1n;
    },
    async letGo(key, holder) {
      await own(key).where('holder', '=', holder).set(nobody).execute();
    },
  };
}

function toCursor(row: DeltaCursorTable): DeltaCursor {
  return {
    target: row.target,
    resource: row.resource as DeltaResource,
    link: row.link,
    round: row.round,
    isFull: row.is_full,
    isKnown: row.is_known,
    wanted: row.wanted,
    endedAt: row.ended_at,
  };
}
