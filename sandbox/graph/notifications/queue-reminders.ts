import type { World } from '../../foundation/world.ts';
import { listSubscriptions, markReminded, type KeptSubscription } from '../subscriptions/subscription-store.ts';
import { enqueueNotice } from './notification-queue.ts';
import { noticeHead } from './queue-notices.ts';

// The service says nothing about when it asks; here it is the last tenth of a subscription's life.
const remindedShare = 0.1;

/** Asks for reauthorization of each subscription that nears its end, once, where it has an address for that. To be called in a transaction. */
export function queueReminders(world: World): void {
  const now = world.now();
  for (const subscription of listSubscriptions(world.database, now)) {
    const expiresAt = Date.parse(subscription.expirationDateTime);
    const isNear = expiresAt - now < (expiresAt - subscription.renewedAt) * remindedShare;
    if (!subscription.isReminded && isNear) askForReauthorization(world, subscription);
  }
}

/** Queues `reauthorizationRequired` for a subscription (https://learn.microsoft.com/graph/change-notifications-lifecycle-events). False when it has no address for that. */
export function askForReauthorization(world: World, subscription: KeptSubscription): boolean {
  const { lifecycleNotificationUrl: url } = subscription;
  if (url === null) return false;
  const now = world.now();
  const body = { ...noticeHead(subscription), lifecycleEvent: 'reauthorizationRequired' };
  enqueueNotice(world.database, { url, subscriptionId: subscription.id, body, now, dueAt: now, state: 'pending' });
  markReminded(world.database, subscription.id);
  return true;
}
