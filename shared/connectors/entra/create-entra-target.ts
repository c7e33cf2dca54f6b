import type { TargetId } from '../../domain/ids.ts';
import type { WritableTarget } from '../../ports/writers/writable-target.ts';
import type { Api } from '../http/api.ts';
import { createAccessPackageReader } from './access-package-reader.ts';
import { createAccessPackageWriter } from './access-package-writer.ts';
import type { Pace } from '../http/pace.ts';
import { createAccountReader } from './account-reader.ts';
import { createAccountWriter } from './account-writer.ts';
import { createAppRoleReader } from './app-role-reader.ts';
import { createAppRoleWriter } from './app-role-writer.ts';
import { createDeltaReader } from './delta-reader.ts';
import { createDeviceReader } from './device-reader.ts';
import { createDeviceWriter } from './device-writer.ts';
import type { EntraParts } from './entra-parts.ts';
import { createLicenceReader } from './licence-reader.ts';
import { createLicenceWriter } from './licence-writer.ts';
import { createMailboxReader } from './mailbox-reader.ts';
import { createMailboxWriter } from './mailbox-writer.ts';
import { createMembershipReader } from './membership-reader.ts';
import { createMembershipWriter } from './membership-writer.ts';
import { createMethodReader } from './method-reader.ts';
import { createMethodWriter } from './method-writer.ts';
import { createOwnershipReader } from './ownership-reader.ts';
import { createOwnershipWriter } from './ownership-writer.ts';
import { createPassReader } from './pass-reader.ts';
import { createPassWriter } from './pass-writer.ts';
import { createPurgeWriter } from './purge-writer.ts';
import { createRecentObjects } from './recent-objects.ts';
import { createSessionReader } from './session-reader.ts';
import { createSessionWriter } from './session-writer.ts';
import { createSponsorReader } from './sponsor-reader.ts';
import { createSponsorWriter } from './sponsor-writer.ts';
import { createSubscriptionClient } from './subscription-client.ts';
import { createTeamReader, createTeamWriter } from './team-client.ts';
import { createUnitReader } from './unit-reader.ts';
import { createUnitWriter } from './unit-writer.ts';
import type { PasswordMaker } from './user-body.ts';

/** An Entra ID tenant as a target, over `createGraphApi`. */
export function createEntraTarget(
  settings: { readonly id: TargetId },
  deps: { readonly graph: Api; readonly newPassword: PasswordMaker; readonly pace?: Pace },
): WritableTarget {
  const api = deps.graph;
  const recent = createRecentObjects();
  const parts = { api, recent, newPassword: deps.newPassword, ...(deps.pace === undefined ? {} : { pace: deps.pace }) };
  const reads = readsOf(parts);
  return {
    id: settings.id,
    kind: 'entra',
    reads,
    writes: writesOf(parts, reads),
    subscriptions: createSubscriptionClient(api),
    probe: async (signal) => {
      await api.read({ method: 'GET', path: '/organization?$select=id' }, signal);
    },
  };
}

function readsOf({ api, recent }: EntraParts) {
  return {
    accounts: createAccountReader(api),
    memberships: createMembershipReader(api, recent),
    licences: createLicenceReader(api, recent),
    appRoles: createAppRoleReader(api),
    passes: createPassReader(api, recent),
    methods: createMethodReader(api, recent),
    sessions: createSessionReader(api),
    devices: createDeviceReader(api),
    ownerships: createOwnershipReader(api),
    sponsors: createSponsorReader(api),
    teams: createTeamReader(api),
    units: createUnitReader(api),
    accessPackages: createAccessPackageReader(api),
    mailboxes: createMailboxReader(api),
    deltas: createDeltaReader(api),
  };
}

function writesOf(parts: EntraParts, reads: ReturnType<typeof readsOf>) {
  return {
    accounts: createAccountWriter(parts),
    memberships: createMembershipWriter(parts, reads.memberships),
    licences: createLicenceWriter(parts, reads.licences),
    appRoles: createAppRoleWriter(parts, reads.appRoles),
    passes: createPassWriter(parts, reads.passes),
    methods: createMethodWriter(parts, reads.methods),
    sessions: createSessionWriter(parts),
    devices: createDeviceWriter(parts, reads.devices),
    ownerships: createOwnershipWriter(parts, reads.ownerships),
    sponsors: createSponsorWriter(parts, reads.sponsors),
    teams: createTeamWriter(parts),
    units: createUnitWriter(parts, reads.units),
    accessPackages: createAccessPackageWriter(parts, reads.accessPackages),
    deleted: createPurgeWriter(parts, reads.accounts),
    mailboxes: createMailboxWriter(parts),
  };
}
