import { companyOf } from '../../company/company-of.ts';
import type { World } from '../../foundation/world.ts';
import { skuCatalogue } from '../licences/sku-catalogue.ts';
import { insertSku } from '../licences/skus.ts';
import { seedAppRoles } from './seed-app-roles.ts';
import { seedDevices } from './seed-devices.ts';
import { seedGroups } from './seed-groups.ts';
import { seedMethods } from './seed-methods.ts';
import { seedRoles } from './seed-roles.ts';
import { seedServiceAccounts } from './seed-service-accounts.ts';
import { seedPeople } from './seed-people.ts';
import { seedUnits } from './seed-units.ts';

/** Fills the empty tenant with Contoso as docs/sandbox.md promises it. */
export function seedTenant(world: World): void {
  const people = companyOf(world).withAccounts;
  // A larger company has bought more seats.
  for (const sku of skuCatalogue) insertSku(world.database, { ...sku, enabled: Math.max(sku.enabled, 2 * people.length) });
  seedPeople(world, people);
  seedMethods(world, people);
  seedAppRoles(world, people);
  seedServiceAccounts(world);
  seedGroups(world, people);
  seedRoles(world);
  seedDevices(world, people);
  seedUnits(world, people);
}
