import type { WireAnswer } from '../foundation/wire.ts';
import type { World } from '../foundation/world.ts';
import { appAccessOperations } from './app-access-operations.ts';
import { credentialOperations } from './credential-operations.ts';
import type { OciOperation, OciRequest } from './oci-operation.ts';
import { changeUserCapabilities, changeUserStatus, initiateActivation } from './changers.ts';
import { deleteBypassCode, removeFactors } from './factors.ts';
import { locationOf, schemaOf } from './representation.ts';
import { createResource, getResource, patchResource, removeResource, replaceResource } from './resource-commands.ts';
import { listResources, readQuery, show } from './resource-queries.ts';
import type { ResourceName, StoredResource } from './resource-store.ts';
import { readSelection } from './scim/selection.ts';

/** All operations of the identity domain; their names are those by which faults select them. */
export const ociOperations: readonly OciOperation[] = [
  ...operationsOn('User'),
  ...operationsOn('Group'),
  ...credentialOperations,
  ...appAccessOperations,
  {
    name: 'scim.changeUserStatus',
    kind: 'write',
    method: 'PUT',
    route: '/admin/v1/UserStatusChanger/:id',
    work: (world, { id, body }) => ({ status: 200, body: changeUserStatus(world, id, body) }),
  },
  {
    name: 'scim.changeUserCapabilities',
    kind: 'write',
    method: 'PUT',
    route: '/admin/v1/UserCapabilitiesChanger/:id',
    work: (world, { id, body }) => ({ status: 200, body: changeUserCapabilities(world, id, body) }),
  },
  {
    name: 'scim.initiateActivation',
    kind: 'write',
    method: 'PUT',
    route: '/admin/v1/UserActivationInitiator/:id',
    work: (world, { id, body }) => ({ status: 200, body: initiateActivation(world, id, body) }),
  },
  {
    name: 'scim.deleteBypassCode',
    kind: 'write',
    method: 'DELETE',
    route: '/admin/v1/BypassCodes/:id',
    rate: 'authentication',
    work: (world, { id }) => {
      deleteBypassCode(world, id);
      return { status: 204 };
    },
  },
  {
    name: 'scim.removeAuthenticationFactors',
    kind: 'write',
    rate: 'authentication',
    method: 'POST',
    route: '/admin/v1/AuthenticationFactorsRemover',
    work: (world, { body }) => ({ status: 201, body: removeFactors(world, body) }),
  },
];

function operationsOn(type: ResourceName): readonly OciOperation[] {
  const all = `/admin/v1/${type}s`;
  const one = `${all}/:id`;
  return [
    {
      name: `scim.list${type}s`,
      kind: 'read',
      method: 'GET',
      route: all,
      work: (world, { query }) => ({ status: 200, body: listResources(world, type, readQuery(query)) }),
    },
    {
      name: `scim.search${type}s`,
      kind: 'read',
      method: 'POST',
      route: `${all}/.search`,
      work: (world, request) => search(world, type, request),
    },
    {
      name: `scim.create${type}`,
      kind: 'write',
      method: 'POST',
      route: all,
      work: (world, request) => created(world, request, createResource(world, type, request.body)),
    },
    {
      name: `scim.get${type}`,
      kind: 'read',
      method: 'GET',
      route: one,
      work: (world, request) => answer(world, request, getResource(world, type, request.id)),
    },
    {
      name: `scim.replace${type}`,
      kind: 'write',
      method: 'PUT',
      route: one,
      work: (world, request) => answer(world, request, replaceResource(world, aimOf(type, request), request.body)),
    },
    {
      name: `scim.patch${type}`,
      kind: 'write',
      method: 'PATCH',
      route: one,
      work: (world, request) => answer(world, request, patchResource(world, aimOf(type, request), request.body)),
    },
    { name: `scim.delete${type}`, kind: 'write', method: 'DELETE', route: one, work: (world, request) => remove(world, type, request) },
  ];
}

function aimOf(type: ResourceName, { id, ifMatch }: OciRequest) {
  return { type, id, ifMatch };
}

function search(world: World, type: ResourceName, { body }: OciRequest): WireAnswer {
  const given = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  return {
    status: 200,
    body: listResources(
      world,
      type,
      readQuery((name) => given[name]),
    ),
  };
}

function answer(world: World, { query }: OciRequest, resource: StoredResource): WireAnswer {
  const { attributes, excludedAttributes } = readQuery(query);
  const body = show(world, resource, readSelection(schemaOf(resource), attributes, excludedAttributes));
  return { status: 200, headers: { ETag: resource.version }, body };
}

function created(world: World, request: OciRequest, resource: StoredResource): WireAnswer {
  const { headers, body } = answer(world, request, resource);
  return { status: 201, headers: { ...headers, Location: locationOf(world, resource) }, body };
}

function remove(world: World, type: ResourceName, request: OciRequest): WireAnswer {
  removeResource(world, aimOf(type, request), request.query('forceDelete') === 'true');
  return { status: 204 };
}
