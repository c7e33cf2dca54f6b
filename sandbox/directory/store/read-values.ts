import { domain, policy } from '../domain.ts';
import { parseDn } from '../names/dn.ts';
import { fromFileTime, toGeneralizedTime } from '../names/directory-time.ts';
import { accountFlags } from '../rules/account-control.ts';
import type { AttributeDefinition } from '../schema/attributes.ts';
import type { DirectoryObject } from './directory-object.ts';
import type { DirectoryStore } from './directory-store.ts';

/** All values of an attribute in stored form: what is stored, links and back links as names, and what is computed. Passwords are kept elsewhere and never read. */
export function readValues(store: DirectoryStore, object: DirectoryObject, definition: AttributeDefinition): readonly string[] {
  if (definition.syntax === 'link')
    return store.links.names(definition.backLinkOf ?? definition.name, object.id, definition.backLinkOf !== undefined);
  const computed = computations[definition.name];
  return computed === undefined ? (object.attributes[definition.name] ?? []) : computed(object, store.now());
}

/** True while the account is locked after too many wrong passwords. `now` is in milliseconds. */
export function isLockedOut(object: DirectoryObject, now: number): boolean {
  const lockedAt = object.attributes['lockoutTime']?.[0] ?? '0';
  return lockedAt !== '0' && fromFileTime(lockedAt) + policy.lockoutMs > now;
}

const computations: Readonly<Record<string, (object: DirectoryObject, now: number) => readonly string[]>> = {
  distinguishedName: (object) => [object.dn],
  objectGUID: (object) => [object.guid],
  uSNCreated: (object) => [String(object.usnCreated)],
  uSNChanged: (object) => [String(object.usnChanged)],
  whenCreated: (object) => [toGeneralizedTime(object.createdAt)],
  whenChanged: (object) => [toGeneralizedTime(object.changedAt)],
  canonicalName: (object) => [canonicalName(object.dn)],
  'msDS-User-Account-Control-Computed': (object, now) => (object.className === 'user' ? [String(computedControl(object, now))] : []),
};

// MS-ADTS 3.1.1.4.5.17: of the bits, only "locked out" and "password expired" are computed.
function computedControl(object: DirectoryObject, now: number): number {
  const mustChange = object.attributes['pwdLastSet']?.[0] === '0';
  return (isLockedOut(object, now) ? accountFlags.lockedOut : 0) | (mustChange ? accountFlags.passwordExpired : 0);
}

function canonicalName(dn: string): string {
  const path = (parseDn(dn) ?? []).filter((rdn) => rdn.type !== 'DC').map((rdn) => rdn.value.replaceAll('/', '\\/'));
  return [domain.dnsName, ...path.toReversed()].join('/');
}
