import type { World } from '../../foundation/world.ts';
import { tenant } from '../../tokens/tenant.ts';
import { changesAfter, lastSequence, type LoggedChange } from '../changes/read-changes.ts';
import { changeTypes } from '../subscriptions/check-subscription.ts';
import { listSubscriptions, type KeptSubscription } from '../subscriptions/subscription-store.ts';
import { changeTypeOf, concerns, watchedResource } from '../subscriptions/watched-resource.ts';
import { fateOf } from './misbehaviour.ts';
import { enqueueNotice, markNotified, notifiedSequence } from './notification-queue.ts';

const changesAtOnce = 500;

/** Queues notices of the changes since the last time, for everyone who subscribed to them before they happened. To be called in a transaction. */
export function queueNotices(world: World): void {
  const { database } = world;
  const latest = lastSequence(database);
  const before = notifiedSequence(database);
  if (before >= latest) return;
  const subscriptions = listSubscriptions(database, world.now());
  const earliest = Math.min(latest, ...subscriptions.map(({ fromSequence }) => fromSequence));
  const changes = changesAfter(database, Math.max(before, earliest), changesAtOnce);
  for (const change of changes) {
    for (const subscription of subscriptions.filter((candidate) => isConcerned(candidate, change))) queue(world, subscription, change);
  }
  markNotified(database, changes.length < changesAtOnce ? latest : (changes.at(-1)?.sequence ?? latest));
}

/** What every notice says of its subscription. */
export function noticeHead(subscription: KeptSubscription): Readonly<Record<string, unknown>> {
  return {
    subscriptionId: subscription.id,
    subscriptionExpirationDateTime: subscription.expirationDateTime,
    clientState: subscription.clientState,
    tenantId: tenant.id,
  };
}

function isConcerned(subscription: KeptSubscription, change: LoggedChange): boolean {
  const resource = watchedResource(subscription.resource);
  return (
    resource !== undefined &&
    subscription.fromSequence < change.sequence &&
    concerns(resource, change) &&
    changeTypes(subscription.changeType).includes(changeTypeOf(change))
  );
}

function queue(world: World, subscription: KeptSubscription, change: LoggedChange): void {
  const fate = fateOf(world.settings.graph.notifications, `${subscription.resource} ${change.sequence}`);
  const now = world.now();
  const body = { ...noticeHead(subscription), changeType: changeTypeOf(change), ...resourceOf(change) };
  for (const delayMs of fate.delaysMs) {
    enqueueNotice(world.database, {
      url: subscription.notificationUrl,
      subscriptionId: subscription.id,
      body,
      now,
      dueAt: now + delayMs,
      state: fate.isDropped ? 'dropped' : 'pending',
    });
  }
}

// Shapes as delivered: https://learn.microsoft.com/graph/change-notifications-delivery-webhooks#receive-notifications
function resourceOf(change: LoggedChange): Readonly<Record<string, unknown>> {
  const type = change.kind === 'user' ? 'User' : 'Group';
  const resource = `${type}s/${change.objectId}`;
  const members =
    change.relation === 'members' && change.target !== null
      ? { 'members@delta': [{ id: change.target, ...(change.removed ? { '@removed': 'deleted' } : {}) }] }
      : {};
  return {
    resource,
    resourceData: {
      '@odata.type': `#Microsoft.Graph.${type}`,
      '@odata.id': resource,
      id: change.objectId,
      organizationId: tenant.id,
      ...members,
    },
  };
}
