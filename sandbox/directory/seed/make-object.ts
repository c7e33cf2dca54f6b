import { randomUUID } from 'node:crypto';
import { domain } from '../domain.ts';
import { formatDn, pathOf, type Rdn } from '../names/dn.ts';
import { categoryDn, classDefinition, type ClassName } from '../schema/classes.ts';
import type { Attributes, DirectoryObject } from '../store/directory-object.ts';
import type { DirectoryStore } from '../store/directory-store.ts';

/** What the seed says of an object; without a GUID it gets a random one, an account or group without `rid` the next free one. */
export type SeedObject = {
  readonly className: ClassName;
  readonly name: string;
  readonly parent: DirectoryObject;
  readonly attributes?: Attributes;
  readonly guid?: string;
  readonly rid?: number;
};

/** Puts an object of the first morning into the directory, past the rules for clients. */
export function makeObject(store: DirectoryStore, seed: SeedObject): DirectoryObject {
  const { className, name, parent } = seed;
  const { rdnType, chain, isAccount } = classDefinition(className);
  const rdn: Rdn = { type: rdnType, value: name };
  const sid = isAccount ? { objectSid: [`${domain.sid}-${seed.rid ?? store.counters.next('rid')}`] } : {};
  return store.objects.insert({
    guid: seed.guid ?? randomUUID(),
    dn: `${formatDn([rdn])},${parent.dn}`,
    path: parent.path + pathOf([rdn]),
    parent: parent.id,
    className,
    attributes: {
      objectClass: chain,
      objectCategory: [categoryDn(className)],
      instanceType: ['4'],
      [rdnType.toLowerCase()]: [name],
      name: [name],
      ...sid,
      ...seed.attributes,
    },
  });
}

/** Puts the root of the domain into the directory. */
export function makeDomain(store: DirectoryStore, path: string, attributes: Attributes): DirectoryObject {
  const { chain } = classDefinition('domainDNS');
  const own = {
    objectClass: chain,
    objectCategory: [categoryDn('domainDNS')],
    instanceType: ['5'],
    dc: ['corp'],
    name: ['corp'],
    objectSid: [domain.sid],
  };
  return store.objects.insert({
    guid: domain.guid,
    dn: domain.dn,
    path,
    parent: null,
    className: 'domainDNS',
    attributes: { ...own, ...attributes },
  });
}
