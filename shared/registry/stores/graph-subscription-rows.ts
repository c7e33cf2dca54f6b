import { type Kysely, sql } from 'kysely';
import type { KnownSubscription, NoticeFate, SubscriptionRows } from '../../ports/registry/graph-door.ts';
import type { DeltaResource } from '../../ports/readers/deltas.ts';
import type { Database, GraphSubscriptionTable } from '../schema.ts';

/** Subscriptions of ours, and how many notices were taken or not. */
export function graphSubscriptionRows(database: Kysely<Database>): SubscriptionRows {
  return {
    async subscriptions() {
      const rows = await database.selectFrom('graph_subscription').selectAll().orderBy('target').orderBy('resource').execute();
      return rows.map(toSubscription);
    },
    async subscription(id) {
      const row = await database.selectFrom('graph_subscription').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toSubscription(row);
    },
    async saveSubscription({ target, resource, ...rest }) {
      const changing = { id: rest.id, state_hash: rest.stateHash, expires_at: rest.expiresAt, checked_at: rest.checkedAt };
      await database
        .insertInto('graph_subscription')
        .values({ target, resource, ...changing })
        .onConflict((conflict) => conflict.columns(['target', 'resource']).doUpdateSet(changing))
        .execute();
    },
    async forgetSubscription({ target, resource }) {
      await database.deleteFrom('graph_subscription').where('target', '=', target).where('resource', '=', resource).execute();
    },
    async countNotices(fate, count, at) {
      await database
        .insertInto('notice_count')
        .values({ fate, count, last_at: at })
        .onConflict((conflict) =>
          conflict.column('fate').doUpdateSet({ count: sql<number>`notice_count.count + excluded.count`, last_at: at }),
        )
        .execute();
    },
    async noticeCounts() {
      const rows = await database.selectFrom('notice_count').selectAll().orderBy('fate').execute();
      return rows.map((row) => ({ fate: row.fate as NoticeFate, count: row.count, lastAt: row.last_at }));
    },
  };
}

function toSubscription(row: GraphSubscriptionTable): KnownSubscription {
  return {
    target: row.target,
    resource: row.resource as DeltaResource,
    id: row.id,
    stateHash: row.state_hash,
    expiresAt: row.expires_at,
    checkedAt: row.checked_at,
  };
}
