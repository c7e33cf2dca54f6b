import { randomUUID } from 'node:crypto';
import type { World } from '../../foundation/world.ts';
import { bodyOf, nowText, type GraphAnswer, type GraphCall, type Operations } from '../http/graph-call.ts';
import { GraphFailure } from '../http/graph-failure.ts';
import { contextOf, plainCollection } from '../odata/collection.ts';
import { readKind } from '../store/objects.ts';
import { packageCatalogue } from './package-catalogue.ts';
import { assignPackage, endAssignment, listPackageAssignments, stateOf, type StoredAssignment } from './package-store.ts';

const root = '/identityGovernance/entitlementManagement';

/** Access packages, their assignments, and requests for both (https://learn.microsoft.com/graph/api/resources/entitlementmanagement-overview). */
export const packageOperations: Operations = {
  [`GET ${root}/accessPackages`]: { name: 'accessPackages.list', handle: listPackages },
  [`GET ${root}/assignments`]: { name: 'accessPackages.assignments', handle: listOfTenant },
  [`POST ${root}/assignmentRequests`]: { name: 'accessPackages.request', handle: request },
};

function listPackages(call: GraphCall): GraphAnswer {
  return plainCollection(
    call,
    packageCatalogue.map(({ id, displayName }) => ({ id, displayName, isHidden: false })),
  );
}

/** `GET assignments`: expired ones too, as an administrator of the directory sees them. */
function listOfTenant(call: GraphCall): GraphAnswer {
  const expand = new Set((call.query.get('$expand') ?? '').split(','));
  return plainCollection(
    call,
    listPackageAssignments(call.world).map((one) => shown(call.world, one, expand)),
  );
}

/** `POST assignmentRequests`: taken, and worked on afterwards (https://learn.microsoft.com/graph/api/entitlementmanagement-post-assignmentrequests). */
function request(call: GraphCall): GraphAnswer {
  const { requestType, assignment }: { readonly requestType?: unknown; readonly assignment?: Asked } = bodyOf(call);
  if (requestType === 'adminAdd') add(call.world, assignment ?? {});
  else if (requestType === 'adminRemove') remove(call.world, assignment ?? {});
  else throw refused('InvalidRequestType', 'The sandbox plays requests of administrators only.');
  const body = { id: randomUUID(), requestType, state: 'submitted', status: 'Accepted', createdDateTime: nowText(call.world) };
  return { status: 201, body: { '@odata.context': contextOf(call, '/$entity'), ...body } };
}

type Asked = { readonly id?: string; readonly targetId?: string; readonly assignmentPolicyId?: string; readonly accessPackageId?: string };

function add(world: World, { targetId = '', assignmentPolicyId, accessPackageId }: Asked): void {
  const wanted = packageCatalogue.find(({ id, policyId }) => id === accessPackageId && policyId === assignmentPolicyId);
  if (wanted === undefined) throw new GraphFailure(404, 'ResourceNotFound', 'The access package or its policy was not found.');
  if (readKind(world, 'user', targetId) === undefined) throw new GraphFailure(404, 'SubjectNotFound', 'The subject was not found.');
  const held = listPackageAssignments(world).find(
    (one) => one.userId === targetId && one.package === wanted && stateOf(world, one) !== 'expired',
  );
  if (held !== undefined) throw refused('ExistingGrant', 'The target already has an assignment to the access package.');
  assignPackage(world, targetId, wanted);
}

function remove(world: World, { id }: Asked): void {
  const held = listPackageAssignments(world).find((one) => one.id === id);
  if (held === undefined || stateOf(world, held) === 'expired')
    throw new GraphFailure(404, 'ResourceNotFound', 'The assignment was not found.');
  if (held.ending) throw refused('ExistingOpenRequest', 'There is an open request for the assignment.');
  endAssignment(world, held);
}

function refused(code: string, message: string): GraphFailure {
  return new GraphFailure(400, code, message);
}

/** `target` is kept for the filter, which may name it unexpanded. */
function shown(world: World, one: StoredAssignment, expand: ReadonlySet<string>) {
  const { id, userId, package: held } = one;
  const state = stateOf(world, one);
  return {
    id,
    state,
    status: state === 'delivered' ? 'Delivered' : state === 'expired' ? 'Expired' : 'Delivering',
    expiredDateTime: state === 'expired' ? new Date(one.settlesAt).toISOString() : null,
    target: { id: userId, objectId: userId, subjectType: 'user', displayName: readKind(world, 'user', userId)?.displayName ?? null },
    ...(expand.has('accessPackage') ? { accessPackage: { id: held.id, displayName: held.displayName, isHidden: false } } : {}),
    ...(expand.has('assignmentPolicy') ? { assignmentPolicy: { id: held.policyId, displayName: held.policyName } } : {}),
  };
}
