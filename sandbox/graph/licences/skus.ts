import type { DatabaseSync } from 'node:sqlite';
import type { World } from '../../foundation/world.ts';
import { membersOf } from '../store/memberships.ts';
import { licencesOfGroup, licensedGroups } from './group-licences.ts';

/** A service plan of a licence. */
export type ServicePlan = { readonly id: string; readonly name: string; readonly service: string };

/** A licence that the tenant has bought. */
export type Sku = { readonly skuId: string; readonly partNumber: string; readonly enabled: number; readonly plans: readonly ServicePlan[] };

/** Stores a licence. */
export function insertSku(database: DatabaseSync, sku: Sku): void {
  database.prepare('INSERT INTO graph_skus VALUES (?, ?, ?, ?)').run(sku.skuId, sku.partNumber, sku.enabled, JSON.stringify(sku.plans));
}

/** The licences of the tenant, by part number. */
export function listSkus(database: DatabaseSync): readonly Sku[] {
  return database
    .prepare('SELECT * FROM graph_skus ORDER BY part_number')
    .all()
    .map((row) => ({
      skuId: String(row['sku_id']),
      partNumber: String(row['part_number']),
      enabled: Number(row['enabled']),
      // Written by insertSku only.
      plans: JSON.parse(String(row['plans'])) as readonly ServicePlan[],
    }));
}

/** Seats in use: one for each user that holds the licence, directly or through a group, and is not deleted. */
export function consumedUnits(world: World, skuId: string): number {
  const giving = licensedGroups(world).filter((group) => licencesOfGroup(group).includes(skuId));
  if (giving.length === 0) {
    const row = world.database.prepare('SELECT count(*) AS n FROM graph_seats WHERE sku_id = ?').get(skuId);
    return Number(row?.['n']);
  }
  const direct = world.database.prepare('SELECT user_id FROM graph_seats WHERE sku_id = ?').all(skuId);
  const members = giving.flatMap((group) => membersOf(world, group)).filter(({ kind }) => kind === 'user');
  return new Set([...direct.map((row) => String(row['user_id'])), ...members.map(({ entity }) => entity.id)]).size;
}
