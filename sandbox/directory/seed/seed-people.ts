import type { CompanyPerson } from '../../company/company.ts';
import { offices } from '../../company/offices.ts';
import { neverExpires, toFileTime } from '../names/directory-time.ts';
import { guidToBytes } from '../names/guid.ts';
import type { Attributes, DirectoryObject } from '../store/directory-object.ts';
import type { DirectoryStore } from '../store/directory-store.ts';
import { makeObject } from './make-object.ts';

/** Where people go: the unit of each country, and the groups by GUID. */
export type Places = { readonly byCountry: ReadonlyMap<string, DirectoryObject>; readonly groups: ReadonlyMap<string, DirectoryObject> };

/** Makes an account for everyone who has one in the directory, with group memberships and managers. Their passwords are random and known to nobody. */
export function seedPeople(store: DirectoryStore, people: readonly CompanyPerson[], places: Places): void {
  const byWorker = new Map<string, DirectoryObject>();
  for (const person of people) {
    const account = seedPerson(store, person, places);
    if (account !== undefined) byWorker.set(person.workerId, account);
  }
  for (const person of people) {
    const account = byWorker.get(person.workerId);
    const manager = byWorker.get(person.managerId ?? '');
    if (account !== undefined && manager !== undefined) store.links.add('manager', account.id, manager.id);
  }
}

function seedPerson(store: DirectoryStore, person: CompanyPerson, places: Places): DirectoryObject | undefined {
  const parent = places.byCountry.get(person.location.country);
  const { adObjectGuid, samAccountName } = person;
  if (parent === undefined || adObjectGuid === null || samAccountName === null) return undefined;
  const attributes = { ...personAttributes(person), ...accountAttributes(store, samAccountName, adObjectGuid) };
  const isAdmin = person.adGroups.some((guid) => places.groups.get(guid)?.attributes['adminCount'] !== undefined);
  const account = makeObject(store, {
    className: 'user',
    name: person.displayName,
    parent,
    guid: adObjectGuid,
    attributes: isAdmin ? { ...attributes, adminCount: ['1'] } : attributes,
  });
  store.passwords.setUnknown(account.id);
  for (const guid of person.adGroups) {
    const group = places.groups.get(guid);
    if (group !== undefined) store.links.add('member', group.id, account.id);
  }
  return account;
}

function personAttributes(person: CompanyPerson): Attributes {
  const { name, location } = person;
  return {
    givenName: [name.given],
    ...(name.family === null ? {} : { sn: [name.family] }),
    displayName: [person.displayName],
    userPrincipalName: [person.userPrincipalName],
    mail: [person.mail],
    mailNickname: [person.mail.slice(0, person.mail.indexOf('@'))],
    proxyAddresses: [`SMTP:${person.mail}`],
    department: [person.department],
    title: [person.jobTitle],
    company: [person.company],
    division: [person.division],
    physicalDeliveryOfficeName: [location.code],
    l: [location.city],
    c: [location.country],
    co: [offices[location.code].countryName],
    employeeID: [person.workerId],
    employeeType: [person.kind],
    telephoneNumber: [person.phone],
  };
}

function accountAttributes(store: DirectoryStore, samAccountName: string, guid: string): Attributes {
  return {
    sAMAccountName: [samAccountName],
    userAccountControl: ['512'],
    sAMAccountType: ['805306368'],
    primaryGroupID: ['513'],
    accountExpires: [neverExpires],
    pwdLastSet: [toFileTime(store.now())],
    // They have been synced for long: Cloud Sync has written the anchor back.
    'mS-DS-ConsistencyGuid': [guidToBytes(guid).toString('hex')],
  };
}
