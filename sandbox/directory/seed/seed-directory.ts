import type { CompanyPerson } from '../../company/company.ts';
import { offices } from '../../company/offices.ts';
import { transaction } from '../../foundation/transaction.ts';
import { domain, policy, serviceAccount } from '../domain.ts';
import { neverExpires, toFileTime } from '../names/directory-time.ts';
import { parseDn, pathOf } from '../names/dn.ts';
import { accountFlags } from '../rules/account-control.ts';
import { deletedRange } from '../store/deleted-objects.ts';
import type { DirectoryObject } from '../store/directory-object.ts';
import type { DirectoryStore } from '../store/directory-store.ts';
import { makeDomain, makeObject } from './make-object.ts';
import { seedGroups } from './seed-groups.ts';
import { seedPeople } from './seed-people.ts';

/** Fills an empty directory with what docs/sandbox.md promises for the first morning; to one that holds something adds the container of deleted objects alone where it is missing. All or nothing. */
export function seedDirectory(store: DirectoryStore, people: readonly CompanyPerson[]): void {
  seedFirstMorning(store, people);
  const root = store.objects.byPath(domainPath);
  if (root === undefined || store.objects.byPath(deletedRange.first) !== undefined) return;
  makeObject(store, {
    className: 'container',
    name: 'Deleted Objects',
    parent: root,
    attributes: { isDeleted: ['TRUE'], isCriticalSystemObject: ['TRUE'] },
  });
}

const domainPath = pathOf(parseDn(domain.dn) ?? []);

function seedFirstMorning(store: DirectoryStore, company: readonly CompanyPerson[]): void {
  if (store.objects.byPath(domainPath) !== undefined) return;
  transaction(store.database, () => {
    const root = makeDomain(store, domainPath, {
      minPwdLength: [String(policy.minimumLength)],
      pwdProperties: ['1'],
      lockoutThreshold: [String(policy.lockoutThreshold)],
      lockoutDuration: [String(-policy.lockoutMs * 10_000)],
      maxPwdAge: ['-9223372036854775808'],
      isCriticalSystemObject: ['TRUE'],
    });
    const unit = (name: string, parent: DirectoryObject = root) => makeObject(store, { className: 'organizationalUnit', name, parent });
    const people = unit('People');
    const byCountry = new Map(Object.values(offices).map(({ country }) => [country, unit(country, people)]));
    unit('Leavers');
    const users = seedSystemObjects(store, root);
    const groups = seedGroups(store, unit('Groups'), users);
    seedServiceAccount(store, unit('Service Accounts'));
    seedPeople(store, company, { byCountry, groups });
  });
}

function seedSystemObjects(store: DirectoryStore, root: DirectoryObject): DirectoryObject {
  const isCriticalSystemObject = ['TRUE'];
  makeObject(store, { className: 'organizationalUnit', name: 'Domain Controllers', parent: root, attributes: { isCriticalSystemObject } });
  return makeObject(store, { className: 'container', name: 'Users', parent: root, attributes: { isCriticalSystemObject } });
}

function seedServiceAccount(store: DirectoryStore, parent: DirectoryObject): void {
  const account = makeObject(store, {
    className: 'user',
    name: serviceAccount.name,
    parent,
    attributes: {
      sAMAccountName: [serviceAccount.name],
      userPrincipalName: [`${serviceAccount.name}@${domain.dnsName}`],
      displayName: ['Gatehouse service account'],
      userAccountControl: [String(accountFlags.normalAccount | accountFlags.passwordNeverExpires)],
      sAMAccountType: ['805306368'],
      primaryGroupID: ['513'],
      accountExpires: [neverExpires],
      pwdLastSet: [toFileTime(store.now())],
    },
  });
  store.passwords.set(account.id, serviceAccount.password);
}
