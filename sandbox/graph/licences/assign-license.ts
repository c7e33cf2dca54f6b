import type { World } from '../../foundation/world.ts';
import { bodyOf, nowText, type GraphAnswer, type GraphCall } from '../http/graph-call.ts';
import { badRequest } from '../http/graph-failure.ts';
import { contextOf } from '../odata/collection.ts';
import { presentObject } from '../odata/present-object.ts';
import type { AssignedLicense, User } from '../store/entities.ts';
import { updateObject } from '../store/objects.ts';
import { requireUser } from '../users/find-user.ts';
import { withPrimaryAddress } from '../users/proxy-addresses.ts';
import { requireFree } from '../users/require-free.ts';
import { withGroupLicences } from './group-licences.ts';
import { isExchangePlan } from './sku-catalogue.ts';
import { consumedUnits, listSkus, type Sku } from './skus.ts';

/** `POST /users/{id}/assignLicense` (https://learn.microsoft.com/graph/api/user-assignlicense). Assigning again changes the disabled plans. */
export function assignLicense(call: GraphCall): GraphAnswer {
  const { world } = call;
  const user = requireUser(call);
  const body = bodyOf(call);
  const adds = licencesOf(body['addLicenses']);
  const removals = (Array.isArray(body['removeLicenses']) ? body['removeLicenses'] : []).map((id: unknown) => String(id).toLowerCase());
  requireAssignable(world, user, adds, removals);
  const kept = user.assignedLicenses.filter(({ skuId }) => !removals.includes(skuId) && !adds.some((add) => add.skuId === skuId));
  const changed = withLicences(world, user, [...kept, ...adds]);
  requireFree(world, changed);
  updateObject(world.database, changed);
  const shown = presentObject(world, { kind: 'user', entity: changed }, { select: undefined, expand: [] }, false);
  return { status: 200, body: { '@odata.context': contextOf(call, '/$entity'), ...shown } };
}

/** The user with these licences: states, plans, and the address of the mailbox that an Exchange plan brings. */
export function withLicences(world: World, user: User, licences: readonly AssignedLicense[]): User {
  const now = nowText(world);
  const skus = listSkus(world.database).filter(({ skuId }) => licences.some((licence) => licence.skuId === skuId));
  const mail = user.mail ?? (skus.some((sku) => sku.plans.some(isExchangePlan)) ? user.userPrincipalName : null);
  return {
    ...user,
    assignedLicenses: licences,
    licenseAssignmentStates: licences.map((licence) => stateOf(user, licence, now)),
    assignedPlans: skus.flatMap(({ skuId, plans }) => {
      const disabled = licences.find((licence) => licence.skuId === skuId)?.disabledPlans ?? [];
      return plans
        .filter(({ id }) => !disabled.includes(id))
        .map(({ id, service }) => ({ assignedDateTime: now, capabilityStatus: 'Enabled', service, servicePlanId: id }));
    }),
    ...(mail === user.mail ? {} : { mail, proxyAddresses: withPrimaryAddress(user.proxyAddresses, mail) }),
  };
}

function requireAssignable(world: World, user: User, adds: readonly AssignedLicense[], removals: readonly string[]): void {
  const skus = listSkus(world.database);
  for (const { skuId, disabledPlans } of adds) {
    const sku = skus.find((known) => known.skuId === skuId);
    if (sku === undefined) throw badRequest(`License ${skuId} does not correspond to a valid company License.`);
    requirePlans(sku, disabledPlans);
    if (removals.includes(skuId)) throw badRequest(`License ${skuId} cannot be both added and removed.`);
    if (user.usageLocation === null) throw badRequest('License assignment cannot be done for user with invalid usage location.');
    const isNew = !user.assignedLicenses.some((held) => held.skuId === skuId);
    if (isNew && consumedUnits(world, skuId) >= sku.enabled)
      throw badRequest(`Subscription with SKU ${skuId} does not have any available licenses.`);
  }
  const missing = removals.find((id) => !user.assignedLicenses.some(({ skuId }) => skuId === id));
  if (missing === undefined) return;
  const isInherited = withGroupLicences(world, user).assignedLicenses.some(({ skuId }) => skuId === missing);
  throw badRequest(
    isInherited
      ? 'User license is inherited from a group membership and it cannot be removed directly from the user.'
      : 'User does not have a corresponding license.',
  );
}

function requirePlans(sku: Sku, disabledPlans: readonly string[]): void {
  const unknown = disabledPlans.find((id) => !sku.plans.some((plan) => plan.id === id));
  if (unknown !== undefined) throw badRequest(`License ${sku.skuId} does not contain service plan ${unknown}.`);
}

function stateOf(user: User, licence: AssignedLicense, now: string): User['licenseAssignmentStates'][number] {
  const before = user.licenseAssignmentStates.find(({ skuId }) => skuId === licence.skuId);
  const isSame = before !== undefined && before.disabledPlans.join() === licence.disabledPlans.join();
  return isSame ? before : { ...licence, assignedByGroup: null, state: 'Active', error: 'None', lastUpdatedDateTime: now };
}

function licencesOf(value: unknown): readonly AssignedLicense[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.map((item) => {
    const { skuId, disabledPlans }: { readonly skuId?: unknown; readonly disabledPlans?: unknown } =
      typeof item === 'object' && item !== null ? item : {};
    return {
      skuId: String(skuId).toLowerCase(),
      disabledPlans: Array.isArray(disabledPlans) ? disabledPlans.map((id) => String(id).toLowerCase()) : [],
    };
  });
}
