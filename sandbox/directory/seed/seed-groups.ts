import type { Attributes, DirectoryObject } from '../store/directory-object.ts';
import type { DirectoryStore } from '../store/directory-store.ts';
import { makeObject } from './make-object.ts';

const globalSecurity = { groupType: ['-2147483646'], sAMAccountType: ['268435456'] };

// The last digits of the groups' GUIDs are their places in this list: docs/sandbox.md.
const names = [
  'GG-Staff',
  'GG-Platform',
  'GG-Sales',
  'GG-Finance',
  'GG-People',
  'GG-Support',
  'GG-Office-LIS',
  'GG-Office-LON',
  'GG-Office-BER',
  'GG-Office-NYC',
  'GG-Office-TYO',
  'GG-Admins',
];

/** Makes the groups of docs/sandbox.md in their unit, and in `users` the built-in groups and administrator. Gives the groups by GUID. */
export function seedGroups(store: DirectoryStore, unit: DirectoryObject, users: DirectoryObject): ReadonlyMap<string, DirectoryObject> {
  const group = (
    name: string,
    more: { readonly parent?: DirectoryObject; readonly guid?: string; readonly rid?: number; readonly attributes?: Attributes },
  ) =>
    makeObject(store, {
      className: 'group',
      name,
      parent: unit,
      ...more,
      attributes: { ...globalSecurity, sAMAccountName: [name], ...more.attributes },
    });
  const system = { parent: users, attributes: { isCriticalSystemObject: ['TRUE'] } };
  group('Domain Users', { ...system, rid: 513 });
  const admins = group('Domain Admins', { parent: users, rid: 512, attributes: { isCriticalSystemObject: ['TRUE'], adminCount: ['1'] } });
  store.links.add('member', admins.id, seedAdministrator(store, users).id);
  const made = names.map((name, index) => {
    const guid = `d1000000-0000-4000-8000-${(index + 1).toString(16).padStart(12, '0')}`;
    return group(name, { guid, attributes: name === 'GG-Admins' ? { adminCount: ['1'] } : {} });
  });
  const nested = made.at(-1);
  if (nested !== undefined) store.links.add('member', admins.id, nested.id);
  return new Map(made.map((object) => [object.guid, object]));
}

function seedAdministrator(store: DirectoryStore, users: DirectoryObject): DirectoryObject {
  return makeObject(store, {
    className: 'user',
    name: 'Administrator',
    parent: users,
    rid: 500,
    attributes: {
      sAMAccountName: ['Administrator'],
      userAccountControl: ['514'],
      sAMAccountType: ['805306368'],
      primaryGroupID: ['513'],
      adminCount: ['1'],
      isCriticalSystemObject: ['TRUE'],
      accountExpires: ['0'],
      pwdLastSet: ['0'],
    },
  });
}
