import { transaction } from '../../foundation/transaction.ts';
import type { World } from '../../foundation/world.ts';
import { notFound } from '../http/graph-failure.ts';
import { readKind, updateObject } from '../store/objects.ts';

/** Has a group give licences to its members, as an administrator does in the portal. Returns the group. */
export function licenseGroupByHand(world: World, groupId: string, skuIds: readonly string[]): { readonly group: string } {
  const group = readKind(world, 'group', groupId);
  if (group === undefined) throw notFound(groupId);
  const assignedLicenses = skuIds.map((skuId) => ({ skuId, disabledPlans: [] }));
  transaction(world.database, () => updateObject(world.database, { ...group, assignedLicenses }));
  return { group: group.id };
}
