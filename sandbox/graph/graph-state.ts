import type { World } from '../foundation/world.ts';
import { listAssignments } from './app-roles/assignment-store.ts';
import { consumedUnits, listSkus } from './licences/skus.ts';
import { listMessages } from './mail/message-store.ts';
import { hasMailbox } from './mail/mailboxes.ts';
import { mailboxSettings } from './mailbox-settings/mailbox-settings.ts';
import { listMethods } from './methods/method-store.ts';
import { presentMethod } from './methods/present-method.ts';
import { listNotices } from './notifications/notification-queue.ts';
import { listPackageAssignments, stateOf, type StoredAssignment } from './packages/package-store.ts';
import { prepareGraph } from './prepare-graph.ts';
import { sourcesOf, targetsOf } from './store/edges.ts';
import type { User } from './store/entities.ts';
import { groupsOf, membersOf, rolesOf } from './store/memberships.ts';
import { listDeleted, listKind, readDeleted, readKind, readObject } from './store/objects.ts';
import { listSubscriptions } from './subscriptions/subscription-store.ts';

/** What the tenant holds, for `GET /state/graph`: users (with `manager`, `groups`, `roles` as ids, `appRoles`, `devices`, `owns`, `sponsors`, `units`, `accessPackages`, `methods` without codes, `deleted`), groups with the ids of
 * `members` and `owners`, `directoryRoles`, `subscribedSkus`, `mailboxes` with automatic replies and messages (newest first), `subscriptions`
 * and `notifications` without their client state, and `deletedItems`. */
export function graphState(world: World): unknown {
  prepareGraph(world);
  const packages = livePackages(world);
  const active = listKind(world, 'user');
  const deleted = listDeleted(world, 'user');
  return {
    users: [...active, ...deleted].map((user) => userState(world, user, packages)),
    groups: listKind(world, 'group').map((group) => ({
      ...group,
      members: membersOf(world, group).map(({ entity }) => entity.id),
      owners: targetsOf(world.database, 'owners', group.id),
    })),
    directoryRoles: listKind(world, 'directoryRole').map((role) => ({
      ...role,
      members: targetsOf(world.database, 'roleMembers', role.id),
    })),
    subscribedSkus: listSkus(world.database).map(({ skuId, partNumber, enabled }) => ({
      skuId,
      skuPartNumber: partNumber,
      prepaidUnits: { enabled },
      consumedUnits: consumedUnits(world, skuId),
    })),
    mailboxes: active.filter((user) => hasMailbox(world, user)).map((user) => mailboxState(world, user)),
    subscriptions: listSubscriptions(world.database, world.now()).map(({ clientState: _secret, ...subscription }) => subscription),
    notifications: listNotices(world.database),
    deletedItems: { users: deleted.map(({ id }) => id), groups: listDeleted(world, 'group').map(({ id }) => id) },
  };
}

function livePackages(world: World): readonly StoredAssignment[] {
  return listPackageAssignments(world).filter((one) => stateOf(world, one) !== 'expired');
}

/** One user as `graphState` shows them, with their automatic reply; undefined where there is none, deleted ones included. */
export function graphUser(world: World, id: string): unknown {
  const found = readObject(world, id) ?? readDeleted(world, id);
  if (found?.kind !== 'user') return undefined;
  return {
    ...Object(userState(world, found.entity, livePackages(world))),
    automaticRepliesSetting: mailboxSettings(world, id).automaticRepliesSetting,
  };
}

function userState(world: World, user: User, packages: readonly StoredAssignment[]): unknown {
  const object = { kind: 'user', entity: user } as const;
  return {
    ...user,
    manager: targetsOf(world.database, 'manager', user.id)[0] ?? null,
    directReports: sourcesOf(world.database, 'manager', user.id),
    groups: groupsOf(world, object).map(({ id }) => id),
    roles: rolesOf(world, user.id).map(({ displayName }) => displayName),
    appRoles: listAssignments(world.database, { userId: user.id }).map(({ id, resourceId, appRoleId }) => ({ id, resourceId, appRoleId })),
    devices: sourcesOf(world.database, 'registeredOwners', user.id).flatMap((id) => readKind(world, 'device', id) ?? []),
    owns: sourcesOf(world.database, 'owners', user.id),
    sponsors: targetsOf(world.database, 'sponsors', user.id),
    accessPackages: packages.filter(({ userId }) => userId === user.id).map((one) => one.package.displayName),
    units: sourcesOf(world.database, 'unitMembers', user.id),
    methods: listMethods(world.database, user.id).map((method) => presentMethod(world, method)),
    deleted: user.deletedDateTime !== null,
  };
}

function mailboxState(world: World, user: User): unknown {
  const messages = listMessages(world.database, user.id).map(({ immutableId, folder, body }) => ({ id: immutableId, folder, ...body }));
  const { automaticRepliesSetting } = mailboxSettings(world, user.id);
  return { userId: user.id, address: user.mail ?? user.userPrincipalName, automaticRepliesSetting, messages };
}
