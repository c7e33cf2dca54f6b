import { randomUUID } from 'node:crypto';
import { graphClient } from '../../tokens/clients.ts';
import { bodyOf, type GraphAnswer, type GraphCall } from '../http/graph-call.ts';
import { cancelNotices } from '../notifications/notification-queue.ts';
import { contextOf } from '../odata/collection.ts';
import { acceptedExpiry, invalidRequest, requireReachable, requireRoom, requireWatchable } from './check-subscription.ts';
import { requireSubscription } from './read-subscriptions.ts';
import { putSubscription, removeSubscription, type Subscription } from './subscription-store.ts';
import { validateEndpoint } from './validate-endpoint.ts';

/** Checks a new subscription and shakes hands with its endpoints, before anything is stored. */
export async function beforeCreation(call: GraphCall): Promise<void> {
  const wanted = wantedBy(call);
  requireWatchable(wanted);
  requireReachable('notificationUrl', wanted.notificationUrl);
  acceptedExpiry(call.world, wanted.expirationDateTime);
  requireRoom(call.world, wanted);
  const { lifecycleNotificationUrl } = wanted;
  if (lifecycleNotificationUrl !== null) requireReachable('lifecycleNotificationUrl', lifecycleNotificationUrl);
  await validateEndpoint(call.world, wanted.notificationUrl);
  if (lifecycleNotificationUrl !== null) await validateEndpoint(call.world, lifecycleNotificationUrl);
}

/** `POST /subscriptions` (https://learn.microsoft.com/graph/api/subscription-post-subscriptions). */
export function createSubscription(call: GraphCall): GraphAnswer {
  const { world } = call;
  const wanted = wantedBy(call);
  // Somebody else may have subscribed while the endpoint was validated.
  requireRoom(world, wanted);
  const subscription = { ...wanted, expirationDateTime: acceptedExpiry(world, wanted.expirationDateTime) };
  putSubscription(world.database, subscription, world.now());
  return { status: 201, body: { '@odata.context': contextOf(call, '/$entity'), ...subscription } };
}

/** Shakes hands with a new address before a subscription is changed to it. */
export async function beforeUpdate(call: GraphCall): Promise<void> {
  requireSubscription(call);
  const { notificationUrl } = bodyOf(call);
  if (typeof notificationUrl !== 'string') return;
  requireReachable('notificationUrl', notificationUrl);
  await validateEndpoint(call.world, notificationUrl);
}

/** `PATCH /subscriptions/{id}`: a new expiry, which reauthorizes too, or a new address (https://learn.microsoft.com/graph/api/subscription-update). */
export function updateSubscription(call: GraphCall): GraphAnswer {
  const { world } = call;
  const { expirationDateTime, notificationUrl } = bodyOf(call);
  const changed: Subscription = {
    ...requireSubscription(call),
    ...(typeof expirationDateTime === 'string' ? { expirationDateTime: acceptedExpiry(world, expirationDateTime) } : {}),
    ...(typeof notificationUrl === 'string' ? { notificationUrl } : {}),
  };
  putSubscription(world.database, changed, world.now());
  return { status: 200, body: { '@odata.context': contextOf(call, '/$entity'), ...changed, clientState: null } };
}

/** `POST /subscriptions/{id}/reauthorize` (https://learn.microsoft.com/graph/api/subscription-reauthorize): does not extend the expiry. */
export function reauthorizeSubscription(call: GraphCall): GraphAnswer {
  requireSubscription(call);
  return { status: 204 };
}

/** `DELETE /subscriptions/{id}`: what was not delivered yet is not told any more. */
export function deleteSubscription(call: GraphCall): GraphAnswer {
  const { id } = requireSubscription(call);
  removeSubscription(call.world.database, id);
  cancelNotices(call.world.database, id);
  return { status: 204 };
}

function wantedBy(call: GraphCall): Subscription {
  const body = bodyOf(call);
  const text = (name: string): string | null => {
    const value = body[name];
    return typeof value === 'string' ? value : null;
  };
  if (body['includeResourceData'] === true) throw invalidRequest('Resource data cannot be included in notifications of users and groups.');
  return {
    id: randomUUID(),
    resource: text('resource') ?? '',
    applicationId: graphClient.id,
    changeType: text('changeType') ?? '',
    clientState: text('clientState'),
    notificationUrl: text('notificationUrl') ?? '',
    notificationQueryOptions: text('notificationQueryOptions'),
    lifecycleNotificationUrl: text('lifecycleNotificationUrl'),
    expirationDateTime: text('expirationDateTime') ?? '',
    creatorId: graphClient.id,
    latestSupportedTlsVersion: text('latestSupportedTlsVersion') ?? 'v1_2',
  };
}
