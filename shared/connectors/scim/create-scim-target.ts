import type { TargetId } from '../../domain/ids.ts';
import type { WritableTarget } from '../../ports/writers/writable-target.ts';
import type { Api } from '../http/api.ts';
import { createAccountReader, type Privileges } from './account-reader.ts';
import { createAccountWriter } from './account-writer.ts';
import { createFinder } from './finder.ts';
import { createGroupDirectory, type GroupNaming } from './group-directory.ts';
import { createMembershipReader } from './membership-reader.ts';
import { createMembershipWriter } from './membership-writer.ts';
import type { AccountForm, ScimContext } from './scim-context.ts';
import type { ScimProfile } from './scim-profile.ts';
import { createScimService } from './scim-service.ts';

/** What configuration says of an application. */
export type ScimTargetSettings = {
  readonly id: TargetId;
  readonly profile: ScimProfile;
  readonly form: AccountForm;
  readonly groups: GroupNaming;
  readonly privileges: Privileges;
};

/** An application that speaks SCIM 2.0 as a target, over `createScimApi`. People sign in to it through Entra: no password is ever set. */
export function createScimTarget(settings: ScimTargetSettings, deps: { readonly scim: Api }): WritableTarget {
  const api = deps.scim;
  const service = createScimService(api);
  const find = createFinder(api, async () => (await service()).filter);
  const context: ScimContext = { api, profile: settings.profile, form: settings.form, service, find };
  const directory = createGroupDirectory(context, settings.groups);
  const memberships = createMembershipReader(context, { directory, naming: settings.groups, privileged: settings.privileges.groups });
  const accounts = createAccountReader(context, memberships, settings.privileges);
  return {
    id: settings.id,
    kind: 'scim',
    lacks: settings.form.manager ? ['password'] : ['password', 'manager'],
    reads: { accounts, memberships },
    writes: { accounts: createAccountWriter(context, accounts), memberships: createMembershipWriter(context, memberships, directory) },
    probe: async (signal) => {
      await api.read({ method: 'GET', path: '/Users?startIndex=1&count=1' }, signal);
    },
  };
}
