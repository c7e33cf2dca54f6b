import { transaction } from '../foundation/transaction.ts';
import type { World } from '../foundation/world.ts';
import { prepareChangeLog } from './changes/change-log.ts';
import { prepareEpochs } from './delta/delta-epochs.ts';
import { prepareNotifications } from './notifications/notification-queue.ts';
import { seedTenant } from './seed/seed-tenant.ts';
import { prepareTables } from './store/tables.ts';
import { prepareSubscriptions } from './subscriptions/subscription-store.ts';

const prepared = new WeakSet<World>();

/** Makes the tenant ready: its tables, and Contoso in them when they are empty. Does nothing the second time. */
export function prepareGraph(world: World): void {
  if (prepared.has(world)) return;
  prepareTables(world.database);
  const isEmpty = world.database.prepare('SELECT 1 FROM graph_objects LIMIT 1').get() === undefined;
  if (isEmpty) transaction(world.database, () => seedTenant(world));
  // After the seeding, which nobody could have watched.
  prepareChangeLog(world);
  prepareEpochs(world.database);
  prepareSubscriptions(world.database);
  prepareNotifications(world.database);
  prepared.add(world);
}
