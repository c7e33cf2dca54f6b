import { domain } from '../directory/domain.ts';
import { isEnabled } from '../directory/rules/account-control.ts';
import type { DirectoryObject } from '../directory/store/directory-object.ts';
import type { DirectoryStore } from '../directory/store/directory-store.ts';
import type { SyncedUser } from '../graph/synced-users.ts';
import { anchorOf, immutableIdOf, isInScope } from './sync-scope.ts';

const verifiedSuffix = '@contoso.example';
const initialSuffix = '@contoso.onmicrosoft.com';

/** An account of the directory as Cloud Sync's default mapping carries it to Entra ID. A principal name that is missing, or whose suffix is no verified domain of the tenant,
 * gets the tenant's initial domain (https://learn.microsoft.com/entra/identity/hybrid/connect/plan-connect-userprincipalname). A manager out of scope is not carried. */
export function toSyncedUser(store: DirectoryStore, object: DirectoryObject): SyncedUser {
  const value = (name: string) => object.attributes[name]?.[0] ?? null;
  const accountName = value('sAMAccountName');
  const principalName = value('userPrincipalName');
  return {
    immutableId: immutableIdOf(anchorOf(object)),
    accountEnabled: isEnabled(Number(value('userAccountControl'))),
    userPrincipalName: cloudPrincipalName(principalName ?? accountName ?? object.guid),
    displayName: value('displayName') ?? value('cn') ?? '',
    givenName: value('givenName'),
    surname: value('sn'),
    mail: value('mail'),
    mailNickname: value('mailNickname') ?? accountName ?? object.guid,
    attributes: {
      department: value('department'),
      jobTitle: value('title'),
      companyName: value('company'),
      officeLocation: value('physicalDeliveryOfficeName'),
      city: value('l'),
      country: value('c') ?? value('co'),
      employeeId: value('employeeID'),
      employeeType: value('employeeType'),
      telephoneNumber: value('telephoneNumber'),
      proxyAddresses: object.attributes['proxyAddresses'] ?? [],
    },
    managerImmutableId: managerAnchor(store, object),
    onPremisesSamAccountName: accountName,
    onPremisesDistinguishedName: object.dn,
    onPremisesDomainName: domain.dnsName,
    onPremisesSecurityIdentifier: value('objectSid'),
    onPremisesUserPrincipalName: principalName,
  };
}

function cloudPrincipalName(name: string): string {
  if (name.toLowerCase().endsWith(verifiedSuffix)) return name;
  return `${name.split('@')[0] ?? name}${initialSuffix}`;
}

function managerAnchor(store: DirectoryStore, object: DirectoryObject): string | null {
  const [id] = store.links.targets('manager', object.id);
  const manager = id === undefined ? undefined : store.objects.byId(id);
  return manager === undefined || !isInScope(manager) ? null : immutableIdOf(anchorOf(manager));
}
