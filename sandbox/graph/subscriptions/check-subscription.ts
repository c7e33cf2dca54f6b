import type { World } from '../../foundation/world.ts';
import { GraphFailure } from '../http/graph-failure.ts';
import { listSubscriptions, type Subscription } from './subscription-store.ts';
import { watchedResource } from './watched-resource.ts';

// Users and groups: https://learn.microsoft.com/graph/change-notifications-overview#subscription-lifetime
const longestMinutes = 41_760;
const shortestMinutes = 45;
const minuteMs = 60_000;
// For one application in one tenant: https://learn.microsoft.com/graph/change-notifications-overview#microsoft-entra-resource-limitations
const mostSubscriptions = 100;

/** 400 as the service of subscriptions answers it. */
export function invalidRequest(message: string): GraphFailure {
  return new GraphFailure(400, 'InvalidRequest', message);
}

/** When a subscription ends that asks to end then: not before 45 minutes from now. Throws 400 for a time that is past, or more than 41,760 minutes away. */
export function acceptedExpiry(world: World, wanted: string): string {
  const at = Date.parse(wanted);
  const now = world.now();
  if (at <= now) throw invalidRequest('Subscription expiration must be in the future.');
  if (at > now + longestMinutes * minuteMs)
    throw invalidRequest(`Subscription expiration can only be ${longestMinutes} minutes in the future.`);
  return new Date(Math.max(at, now + shortestMinutes * minuteMs)).toISOString();
}

/** Throws 400 unless notices can be posted there: https, or http on loopback, which is the sandbox's own exception. */
export function requireReachable(property: 'notificationUrl' | 'lifecycleNotificationUrl', address: string): void {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isLoopback = url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url?.protocol === 'https:' || isLoopback) return;
  throw invalidRequest(`${property} must be an https address; the sandbox takes http on loopback too, and no Event Hubs.`);
}

/** Throws 400 unless the sandbox can watch what is asked for. */
export function requireWatchable({ resource, changeType }: Pick<Subscription, 'resource' | 'changeType'>): void {
  if (watchedResource(resource) === undefined) throw invalidRequest(`Resource '${resource}' is not supported for subscriptions here.`);
  if (changeTypes(changeType).includes('created'))
    throw invalidRequest("changeType 'created' is not supported for users and groups: a new object arrives as 'updated'.");
}

/** Throws 409 when there is such a subscription already, 403 when the application has as many as it may have. */
export function requireRoom(world: World, wanted: Pick<Subscription, 'resource' | 'changeType'>): void {
  const present = listSubscriptions(world.database, world.now());
  const same = present.find((other) => identityOf(other) === identityOf(wanted));
  if (same !== undefined)
    throw new GraphFailure(409, 'ObjectIdentifierInUse', `Subscription Id ${same.id} already exists for the requested combination`);
  if (present.length >= mostSubscriptions)
    throw new GraphFailure(403, 'Forbidden', `The application has reached its limit of ${mostSubscriptions} subscriptions in this tenant.`);
}

/** The change types of a comma-separated list. */
export function changeTypes(list: string): readonly string[] {
  return list.split(',').map((type) => type.trim());
}

function identityOf({ resource, changeType }: Pick<Subscription, 'resource' | 'changeType'>): string {
  return `${resource.replace(/^\//, '').toLowerCase()} ${changeTypes(changeType).toSorted().join()}`;
}
