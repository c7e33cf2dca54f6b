import { transaction } from '../foundation/transaction.ts';
import type { World } from '../foundation/world.ts';
import { nowText } from './http/graph-call.ts';
import { insertMethod } from './methods/method-store.ts';
import { passwordMethod } from './methods/password-method.ts';
import { prepareGraph } from './prepare-graph.ts';
import type { User } from './store/entities.ts';
import { isPrivileged } from './store/memberships.ts';
import { addressHolder, findUsers, insertObject, readKind, updateObject } from './store/objects.ts';
import { linkAwaitingReports, linkManager } from './sync/link-manager.ts';
import { withoutConflicts } from './sync/without-conflicts.ts';
import { newUser } from './users/create-user.ts';
import { softDelete, undeleted } from './users/delete-user.ts';
import { isCloudManaged } from './users/sync-behavior.ts';

/** A user as Cloud Sync carries it from the directory to Entra ID: the attributes that AD masters. */
export type SyncedUser = {
  /** Base64 of `ms-DS-ConsistencyGuid`, else of `objectGUID`, in the byte order that AD stores: the anchor. */
  readonly immutableId: string;
  readonly accountEnabled: boolean;
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly givenName: string | null;
  readonly surname: string | null;
  readonly mail: string | null;
  readonly mailNickname: string;
  readonly attributes: SyncedAttributes;
  /** The manager's anchor. A manager that has not been synced yet is linked when the manager arrives. */
  readonly managerImmutableId: string | null;
  readonly onPremisesSamAccountName: string | null;
  readonly onPremisesDistinguishedName: string;
  readonly onPremisesDomainName: string;
  readonly onPremisesSecurityIdentifier: string | null;
  readonly onPremisesUserPrincipalName: string | null;
};

/** The organisational attributes of a synced user. An absent or null one is empty in the cloud. */
export type SyncedAttributes = {
  readonly department?: string | null;
  readonly jobTitle?: string | null;
  readonly companyName?: string | null;
  readonly officeLocation?: string | null;
  readonly city?: string | null;
  readonly country?: string | null;
  readonly employeeId?: string | null;
  readonly employeeType?: string | null;
  /** Becomes the one entry of `businessPhones`. */
  readonly telephoneNumber?: string | null;
  readonly proxyAddresses?: readonly string[];
};

/** What one application of a synced user did to the cloud. */
export type SyncedChange = 'created' | 'updated' | 'unchanged' | 'softMatched';

/** Brings the cloud user with this anchor to the state that the directory has, as Cloud Sync does: creates, updates, or restores from deleted items.
 * A cloud user without an anchor is taken over when it has the same principal name or an address in common, unless it is privileged
 * (https://learn.microsoft.com/entra/identity/hybrid/connect/how-to-connect-install-existing-tenant). A user whose authority was moved to the cloud is left alone. */
export function applySyncedUser(world: World, user: SyncedUser): { readonly id: string; readonly change: SyncedChange } {
  prepareGraph(world);
  return transaction(world.database, () => {
    const { existing, how } = findTarget(world, user);
    if (existing !== undefined && isCloudManaged(world, existing.id)) return { id: existing.id, change: 'unchanged' };
    if (existing === undefined) return { id: createSynced(world, user), change: 'created' };
    const isChanged = updateSynced(world, existing, user);
    return { id: existing.id, change: how === 'softMatched' ? 'softMatched' : isChanged || how === 'restored' ? 'updated' : 'unchanged' };
  });
}

/** Moves the synced user into deleted items, as Cloud Sync does with a user that left its scope. False when there is none, or the cloud manages it. */
export function softDeleteSynced(world: World, immutableId: string): boolean {
  prepareGraph(world);
  return transaction(world.database, () => {
    const user = withAnchor(world, immutableId, false);
    if (user === undefined || user.onPremisesSyncEnabled !== true) return false;
    softDelete(world, user);
    return true;
  });
}

/** Every synced user that is not deleted, by id. */
export function syncedUsers(world: World): readonly { readonly immutableId: string; readonly id: string }[] {
  prepareGraph(world);
  return world.database
    .prepare(
      `SELECT id, json_extract(body, '$.onPremisesImmutableId') AS anchor FROM graph_objects
       WHERE kind = 'user' AND deleted = 0 AND json_extract(body, '$.onPremisesSyncEnabled') = 1 ORDER BY id`,
    )
    .all()
    .map((row) => ({ immutableId: String(row['anchor']), id: String(row['id']) }));
}

type Target = { readonly existing: User | undefined; readonly how: 'anchor' | 'restored' | 'softMatched' | 'new' };

function findTarget(world: World, user: SyncedUser): Target {
  const active = withAnchor(world, user.immutableId, false);
  if (active !== undefined) return { existing: active, how: 'anchor' };
  const deleted = withAnchor(world, user.immutableId, true);
  if (deleted !== undefined) return { existing: undeleted(deleted), how: 'restored' };
  const match = softMatch(world, user);
  return match === undefined ? { existing: undefined, how: 'new' } : { existing: match, how: 'softMatched' };
}

function softMatch(world: World, user: SyncedUser): User | undefined {
  const byAddress = addressesOf(user).flatMap((address) => {
    const holder = addressHolder(world.database, address);
    return (holder === undefined ? undefined : readKind(world, 'user', holder)) ?? [];
  });
  return [...findUsers(world, 'userPrincipalName', user.userPrincipalName), ...byAddress].find(
    (candidate) => candidate.onPremisesImmutableId === null && !isPrivileged(world, candidate),
  );
}

function createSynced(world: World, user: SyncedUser): string {
  const now = nowText(world);
  const base = newUser({ userPrincipalName: user.userPrincipalName }, now);
  const entity = withoutConflicts(world, { ...base, ...syncedProperties(user, base), onPremisesLastSyncDateTime: now });
  insertObject(world, { kind: 'user', entity });
  insertMethod(world.database, entity.id, passwordMethod(now));
  linkManager(world, entity.id, user.managerImmutableId);
  linkAwaitingReports(world, entity.id, user.immutableId);
  return entity.id;
}

function updateSynced(world: World, existing: User, user: SyncedUser): boolean {
  const wanted = withoutConflicts(world, { ...existing, ...syncedProperties(user, existing) });
  const isMoved = linkManager(world, existing.id, user.managerImmutableId);
  linkAwaitingReports(world, existing.id, user.immutableId);
  const isSame = JSON.stringify(wanted) === JSON.stringify(readKind(world, 'user', existing.id));
  if (isSame && !isMoved) return false;
  updateObject(world.database, { ...wanted, onPremisesLastSyncDateTime: nowText(world) });
  return true;
}

/** Notes that a sync has gone over the user and found everything as it should be. */
export function stampSynced(world: World, immutableId: string): void {
  const user = withAnchor(world, immutableId, false);
  if (user !== undefined) updateObject(world.database, { ...user, onPremisesLastSyncDateTime: nowText(world) });
}

function withAnchor(world: World, immutableId: string, deleted: boolean): User | undefined {
  // The index folds letter case, which base64 does not.
  return findUsers(world, 'onPremisesImmutableId', immutableId, deleted).find((user) => user.onPremisesImmutableId === immutableId);
}

// A user without a mail address in the directory keeps the one that Exchange gave.
function syncedProperties(user: SyncedUser, existing: User): Partial<User> {
  const { attributes } = user;
  const mail = user.mail ?? existing.mail;
  return {
    accountEnabled: user.accountEnabled,
    userPrincipalName: user.userPrincipalName,
    displayName: user.displayName,
    givenName: user.givenName,
    surname: user.surname,
    mail,
    mailNickname: user.mailNickname,
    department: attributes.department ?? null,
    jobTitle: attributes.jobTitle ?? null,
    companyName: attributes.companyName ?? null,
    officeLocation: attributes.officeLocation ?? null,
    city: attributes.city ?? null,
    country: attributes.country ?? null,
    employeeId: attributes.employeeId ?? null,
    employeeType: attributes.employeeType ?? null,
    businessPhones: attributes.telephoneNumber == null ? [] : [attributes.telephoneNumber],
    proxyAddresses: attributes.proxyAddresses ?? (mail === null || mail === existing.mail ? existing.proxyAddresses : [`SMTP:${mail}`]),
    onPremisesSyncEnabled: true,
    onPremisesImmutableId: user.immutableId,
    onPremisesSamAccountName: user.onPremisesSamAccountName,
    onPremisesDistinguishedName: user.onPremisesDistinguishedName,
    onPremisesDomainName: user.onPremisesDomainName,
    onPremisesSecurityIdentifier: user.onPremisesSecurityIdentifier,
    onPremisesUserPrincipalName: user.onPremisesUserPrincipalName,
    onPremisesProvisioningErrors: [],
  };
}

function addressesOf(user: SyncedUser): readonly string[] {
  return user.attributes.proxyAddresses ?? (user.mail === null ? [] : [`SMTP:${user.mail}`]);
}
