import { tenant } from '../../tokens/tenant.ts';
import { parameter, type GraphAnswer, type GraphCall } from '../http/graph-call.ts';
import { notFound } from '../http/graph-failure.ts';
import { plainCollection } from '../odata/collection.ts';
import type { User } from '../store/entities.ts';
import { requireUser } from '../users/find-user.ts';
import { consumedUnits, listSkus, type Sku } from './skus.ts';

/** `GET /subscribedSkus` (https://learn.microsoft.com/graph/api/subscribedsku-list). */
export function listSubscribedSkus(call: GraphCall): GraphAnswer {
  return plainCollection(
    call,
    listSkus(call.world.database).map((sku) => subscribedSku(call, sku)),
  );
}

/** `GET /subscribedSkus/{id}`. */
export function readSubscribedSku(call: GraphCall): GraphAnswer {
  const id = parameter(call, 'subscribedSku-id');
  const sku = listSkus(call.world.database).find(({ skuId }) => `${tenant.id}_${skuId}` === id);
  if (sku === undefined) throw notFound(id);
  return { status: 200, body: subscribedSku(call, sku) };
}

/** `GET /users/{id}/licenseDetails`. */
export function listLicenseDetails(call: GraphCall): GraphAnswer {
  return plainCollection(call, licenseDetails(call, requireUser(call)));
}

/** `GET /users/{id}/licenseDetails/{id}`. */
export function readLicenseDetails(call: GraphCall): GraphAnswer {
  const id = parameter(call, 'licenseDetails-id');
  const details = licenseDetails(call, requireUser(call)).find((item) => item.id === id);
  if (details === undefined) throw notFound(id);
  return { status: 200, body: details };
}

function subscribedSku({ world }: GraphCall, sku: Sku) {
  return {
    accountId: tenant.id,
    accountName: 'contoso',
    appliesTo: 'User',
    capabilityStatus: 'Enabled',
    consumedUnits: consumedUnits(world, sku.skuId),
    id: `${tenant.id}_${sku.skuId}`,
    skuId: sku.skuId,
    skuPartNumber: sku.partNumber,
    subscriptionIds: [],
    prepaidUnits: { enabled: sku.enabled, suspended: 0, warning: 0, lockedOut: 0 },
    servicePlans: sku.plans.map((plan) => ({
      servicePlanId: plan.id,
      servicePlanName: plan.name,
      provisioningStatus: 'Success',
      appliesTo: 'User',
    })),
  };
}

function licenseDetails({ world }: GraphCall, user: User) {
  const skus = listSkus(world.database);
  return user.assignedLicenses.flatMap(({ skuId, disabledPlans }) => {
    const sku = skus.find((known) => known.skuId === skuId);
    if (sku === undefined) return [];
    const servicePlans = sku.plans.map(({ id, name }) => ({
      servicePlanId: id,
      servicePlanName: name,
      provisioningStatus: disabledPlans.includes(id) ? 'Disabled' : 'Success',
      appliesTo: 'User',
    }));
    return [
      {
        id: Buffer.from(`${user.id}${skuId}`.replaceAll('-', ''), 'hex').toString('base64url'),
        skuId,
        skuPartNumber: sku.partNumber,
        servicePlans,
      },
    ];
  });
}
