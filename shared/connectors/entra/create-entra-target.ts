import type { TargetId } from '../../domain/ids.ts';
import type { WritableTarget } from '../../ports/writers/writable-target.ts';
import type { Api } from '../http/api.ts';
import { createAccountReader } from './account-reader.ts';
import { createAccountWriter } from './account-writer.ts';
import { createDeltaReader } from './delta-reader.ts';
import { createLicenceReader } from './licence-reader.ts';
import { createLicenceWriter } from './licence-writer.ts';
import { createMembershipReader } from './membership-reader.ts';
import { createMembershipWriter } from './membership-writer.ts';
import { createPassReader } from './pass-reader.ts';
import { createPassWriter } from './pass-writer.ts';
import { createRecentObjects } from './recent-objects.ts';
import { createSubscriptionClient } from './subscription-client.ts';
import type { PasswordMaker } from './user-body.ts';

/** An Entra ID tenant as a target, over `createGraphApi`. */
export function createEntraTarget(
  settings: { readonly id: TargetId },
  deps: { readonly graph: Api; readonly newPassword: PasswordMaker },
): WritableTarget {
  const api = deps.graph;
  const recent = createRecentObjects();
  const parts = { api, recent, newPassword: deps.newPassword };
  const memberships = createMembershipReader(api, recent);
  const licences = createLicenceReader(api, recent);
  const passes = createPassReader(api, recent);
  return {
    id: settings.id,
    kind: 'entra',
    reads: { accounts: createAccountReader(api), memberships, licences, passes, deltas: createDeltaReader(api) },
    writes: {
      accounts: createAccountWriter(parts),
      memberships: createMembershipWriter(parts, memberships),
      licences: createLicenceWriter(parts, licences),
      passes: createPassWriter(parts, passes),
    },
    subscriptions: createSubscriptionClient(api),
    probe: async (signal) => {
      await api.read({ method: 'GET', path: '/organization?$select=id' }, signal);
    },
  };
}
