import type { TargetId } from '../../domain/ids.ts';
import type { WritableTarget } from '../../ports/writers/writable-target.ts';
import type { Api } from '../http/api.ts';
import { createAccountReader } from './account-reader.ts';
import { createAccountWriter } from './account-writer.ts';
import { createActivationReader } from './activation-reader.ts';
import { createActivationWriter } from './activation-writer.ts';
import { createCredentialReader } from './credential-reader.ts';
import { createCredentialWriter } from './credential-writer.ts';
import { createGrantReader } from './grant-reader.ts';
import { createGrantWriter } from './grant-writer.ts';
import { createMembershipReader } from './membership-reader.ts';
import { createMembershipWriter } from './membership-writer.ts';
import { createMethodReader } from './method-reader.ts';
import { createMethodWriter } from './method-writer.ts';

/** An OCI identity domain as a target, over `createOciApi`. Members of `privilegedGroups` (SCIM ids) count as privileged. */
export function createOciTarget(
  settings: { readonly id: TargetId; readonly privilegedGroups: readonly string[] },
  deps: { readonly oci: Api },
): WritableTarget {
  const api = deps.oci;
  const accounts = createAccountReader(api, settings.privilegedGroups);
  const memberships = createMembershipReader(api, settings.privilegedGroups);
  const appRoles = createGrantReader(api);
  return {
    id: settings.id,
    kind: 'oci',
    // People sign in to OCI through Entra.
    lacks: ['password'],
    reads: {
      accounts,
      memberships,
      appRoles,
      methods: createMethodReader(api),
      credentials: createCredentialReader(api),
      activations: createActivationReader(api),
    },
    writes: {
      accounts: createAccountWriter(api, accounts),
      memberships: createMembershipWriter(api, memberships),
      appRoles: createGrantWriter(api, appRoles),
      methods: createMethodWriter(api),
      credentials: createCredentialWriter(api),
      activations: createActivationWriter(api),
    },
    probe: async (signal) => {
      await api.read({ method: 'GET', path: '/Users?count=1&attributes=id' }, signal);
    },
  };
}
