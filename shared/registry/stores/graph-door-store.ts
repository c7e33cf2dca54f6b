import type { Kysely } from 'kysely';
import type { GraphDoorStore } from '../../ports/registry/graph-door.ts';
import type { Database } from '../schema.ts';
import { deltaCursorRows } from './delta-cursor-rows.ts';
import { foreignChangeRows } from './foreign-change-rows.ts';
import { graphSubscriptionRows } from './graph-subscription-rows.ts';
import { seenRows } from './seen-rows.ts';

/** What is known of tenants that tell us of their changes. */
export function graphDoorStore(database: Kysely<Database>): GraphDoorStore {
  return { ...graphSubscriptionRows(database), ...deltaCursorRows(database), ...seenRows(database), ...foreignChangeRows(database) };
}
