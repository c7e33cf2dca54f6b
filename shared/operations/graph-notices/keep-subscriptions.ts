import { createHash, randomBytes } from 'node:crypto';
import type { TargetId } from '../../domain/ids.ts';
import type { DeltaResource } from '../../ports/readers/deltas.ts';
import type { KnownSubscription } from '../../ports/registry/graph-door.ts';
import type { SubscriptionClient, TenantSubscription } from '../../ports/subscriptions.ts';
import type { GraphNoticeDeps } from './graph-notice-deps.ts';

const resources: readonly DeltaResource[] = ['users', 'groups'];
const dayMs = 24 * 60 * 60_000;
/** Graph allows less than 29 days for users and groups (https://learn.microsoft.com/graph/api/resources/subscription#subscription-lifetime). */
const lifeMs = 28 * dayMs;
const checkEveryMs = 60 * 60_000;
const timeoutMs = 60_000;

/**
 * Sees to it that each tenant has one subscription to its users and one to its groups: orders them, looks once an hour whether they are still there, prolongs them
 * when less than half of their life is left, orders those that are gone again, and takes away strays. Answers what was ordered anew: notices of it may have been missed.
 * A target that is not in `enforce` is not written to, and so has none. One tenant's trouble is logged and keeps no other from its subscriptions.
 */
export async function keepSubscriptions(
  deps: GraphNoticeDeps,
): Promise<readonly { readonly target: TargetId; readonly resource: DeltaResource }[]> {
  const ordered: { readonly target: TargetId; readonly resource: DeltaResource }[] = [];
  const known = await deps.registry.stores.graphDoor.subscriptions();
  for (const [target, client] of deps.subscriptions) {
    if (deps.gate.policy.mode(target) !== 'enforce') continue;
    const ours = known.filter((one) => one.target === target);
    if (!isDue(ours, deps.clock.now())) continue;
    try {
      const resources = await keepThose(deps, { target, client }, ours);
      ordered.push(...resources.map((resource) => ({ target, resource })));
    } catch (error) {
      deps.log.warn('Subscriptions of a tenant could not be seen to; its changes are found by the schedule alone meanwhile.', {
        target,
        error,
      });
    }
  }
  return ordered;
}

/** Prolongs one subscription now, as the tenant asks for; orders it anew where it is gone. */
export async function prolongSubscription(deps: GraphNoticeDeps, known: KnownSubscription): Promise<void> {
  const client = deps.subscriptions.get(known.target);
  if (client === undefined) return;
  if (!(await prolong(deps, client, known))) await order(deps, { target: known.target, client }, known.resource);
}

function isDue(ours: readonly KnownSubscription[], now: number): boolean {
  return (
    ours.length < resources.length ||
    ours.some(({ checkedAt, expiresAt }) => checkedAt + checkEveryMs <= now || expiresAt - now < lifeMs / 2)
  );
}

type Tenant = { readonly target: TargetId; readonly client: SubscriptionClient };

async function keepThose(deps: GraphNoticeDeps, tenant: Tenant, known: readonly KnownSubscription[]): Promise<readonly DeltaResource[]> {
  const listed = await tenant.client.list(AbortSignal.timeout(timeoutMs));
  const { notifications } = deps.addresses;
  const isOwn = ({ id }: TenantSubscription) => known.some((one) => one.id === id);
  // A second one to the same resource would be refused. The client state of a stray is known to nobody, and one to an old address reaches nobody.
  const strays = listed.filter((one) => isOwn(one) !== (one.notificationUrl === notifications));
  for (const { id } of strays) await tenant.client.remove(id, AbortSignal.timeout(timeoutMs));
  const ordered: DeltaResource[] = [];
  for (const resource of resources) {
    const own = known.find((one) => one.resource === resource);
    const there = listed.find((one) => one.id === own?.id && !strays.includes(one));
    if (own === undefined || there === undefined || !(await keepOne(deps, tenant.client, { own, there }))) {
      await order(deps, tenant, resource);
      ordered.push(resource);
    }
  }
  return ordered;
}

type Both = { readonly own: KnownSubscription; readonly there: TenantSubscription };

/** False where it is gone. */
async function keepOne(deps: GraphNoticeDeps, client: SubscriptionClient, { own, there }: Both): Promise<boolean> {
  const now = deps.clock.now();
  if (there.expiresAt - now < lifeMs / 2) return prolong(deps, client, own);
  await save(deps, { ...own, expiresAt: there.expiresAt, checkedAt: now });
  return true;
}

async function prolong(deps: GraphNoticeDeps, client: SubscriptionClient, own: KnownSubscription): Promise<boolean> {
  const now = deps.clock.now();
  if (!(await client.renew(own.id, now + lifeMs, AbortSignal.timeout(timeoutMs)))) return false;
  await save(deps, { ...own, expiresAt: now + lifeMs, checkedAt: now });
  return true;
}

async function order(deps: GraphNoticeDeps, { target, client }: Tenant, resource: DeltaResource): Promise<void> {
  const now = deps.clock.now();
  const clientState = randomBytes(32).toString('base64url');
  const { notifications: notificationUrl, lifecycle: lifecycleUrl } = deps.addresses;
  const asked = { resource, notificationUrl, lifecycleUrl, clientState, expiresAt: now + lifeMs };
  const { id, expiresAt } = await client.create(asked, AbortSignal.timeout(timeoutMs));
  const stateHash = createHash('sha256').update(clientState).digest('hex');
  await save(deps, { target, resource, id, stateHash, expiresAt, checkedAt: now });
  deps.log.info('Subscribed to a tenant’s changes.', { target, resource, expiresAt: new Date(expiresAt).toISOString() });
}

async function save(deps: GraphNoticeDeps, subscription: KnownSubscription): Promise<void> {
  await deps.registry.transaction((stores) => stores.graphDoor.saveSubscription(subscription));
}
