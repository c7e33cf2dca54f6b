import type { User } from '../store/entities.ts';
import type { SyncedUser } from './synced-user.ts';

/** The cloud properties that the directory masters, as a synced user carries them. A user without a mail address in the directory keeps the one that Exchange gave. */
export function syncedProperties(user: SyncedUser, existing: User): Partial<User> {
  const { attributes } = user;
  const mail = user.mail ?? existing.mail;
  return {
    accountEnabled: user.accountEnabled, userPrincipalName: user.userPrincipalName, displayName: user.displayName, givenName: user.givenName,
    surname: user.surname, mail, mailNickname: user.mailNickname, department: attributes.department ?? null, jobTitle: attributes.jobTitle ?? null,
    companyName: attributes.companyName ?? null, officeLocation: attributes.officeLocation ?? null, city: attributes.city ?? null,
    country: attributes.country ?? null, employeeId: attributes.employeeId ?? null, employeeType: attributes.employeeType ?? null,
    businessPhones: attributes.telephoneNumber == null ? [] : [attributes.telephoneNumber],
    proxyAddresses: attributes.proxyAddresses ?? (mail === null || mail === existing.mail ? existing.proxyAddresses : [`SMTP:${mail}`]),
    onPremisesSyncEnabled: true, onPremisesImmutableId: user.immutableId, onPremisesSamAccountName: user.onPremisesSamAccountName,
    onPremisesDistinguishedName: user.onPremisesDistinguishedName, onPremisesDomainName: user.onPremisesDomainName,
    onPremisesSecurityIdentifier: user.onPremisesSecurityIdentifier, onPremisesUserPrincipalName: user.onPremisesUserPrincipalName,
    onPremisesProvisioningErrors: [],
  };
}

/** Addresses by which a synced user may match a cloud user. */
export function addressesOf(user: SyncedUser): readonly string[] {
  return user.attributes.proxyAddresses ?? (user.mail === null ? [] : [`SMTP:${user.mail}`]);
}
