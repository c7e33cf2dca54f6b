import type { DatabaseSync } from 'node:sqlite';
import type { World } from '../../foundation/world.ts';

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

/** Seats in use: one for each user that holds the licence and is not deleted. */
export function consumedUnits(world: World, skuId: string): number {
  const row = world.database.prepare('SELECT count(*) AS n FROM graph_seats WHERE sku_id = ?').get(skuId);
  return Number(row?.['n']);
}
