import { credentialKinds, type CredentialKind } from './credential-kinds.ts';
import { createCredential, deleteCredential, getCredential, listCredentials } from './credentials.ts';
import type { OciOperation } from './oci-operation.ts';

/** The operations on the six kinds of credentials, which a leaver must lose. */
export const credentialOperations: readonly OciOperation[] = credentialKinds.flatMap(operationsOn);

function operationsOn(kind: CredentialKind): readonly OciOperation[] {
  const { resource, collection } = kind;
  const all = `/admin/v1/${collection}`;
  const one = `${all}/:id`;
  return [
    {
      name: `scim.list${collection}`,
      kind: 'read',
      method: 'GET',
      route: all,
      work: (world, { query }) => ({ status: 200, body: listCredentials(world, kind, query('filter')) }),
    },
    {
      name: `scim.create${resource}`,
      kind: 'write',
      method: 'POST',
      route: all,
      work: (world, { body }) => ({ status: 201, body: createCredential(world, kind, body) }),
    },
    {
      name: `scim.get${resource}`,
      kind: 'read',
      method: 'GET',
      route: one,
      work: (world, { id }) => ({ status: 200, body: getCredential(world, kind, id) }),
    },
    {
      name: `scim.delete${resource}`,
      kind: 'write',
      method: 'DELETE',
      route: one,
      work: (world, { id }) => {
        deleteCredential(world, kind, id);
        return { status: 204 };
      },
    },
  ];
}
