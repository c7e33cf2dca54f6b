import { createGrant, deleteAppAccess, getAppAccess, listAppAccess, type AppAccess } from './app-access.ts';
import type { OciOperation } from './oci-operation.ts';

/** The operations on app roles and grants; neither can be replaced (oci-identitydomains). */
export const appAccessOperations: readonly OciOperation[] = [
  ...operationsOn('AppRole'),
  ...operationsOn('Grant'),
  {
    name: 'scim.createGrant',
    kind: 'write',
    method: 'POST',
    route: '/admin/v1/Grants',
    work: (world, { body }) => ({ status: 201, body: createGrant(world, body) }),
  },
];

function operationsOn(type: AppAccess): readonly OciOperation[] {
  const all = `/admin/v1/${type}s`;
  const one = `${all}/:id`;
  return [
    {
      name: `scim.list${type}s`,
      kind: 'read',
      method: 'GET',
      route: all,
      work: (world, { query }) => ({ status: 200, body: listAppAccess(world, type, query('filter')) }),
    },
    {
      name: `scim.get${type}`,
      kind: 'read',
      method: 'GET',
      route: one,
      work: (world, { id }) => ({ status: 200, body: getAppAccess(world, type, id) }),
    },
    {
      name: `scim.delete${type}`,
      kind: 'write',
      method: 'DELETE',
      route: one,
      work: (world, { id }) => {
        deleteAppAccess(world, type, id);
        return { status: 204 };
      },
    },
  ];
}
