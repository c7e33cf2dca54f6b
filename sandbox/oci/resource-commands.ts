import { isDeepStrictEqual } from 'node:util';
import { transaction } from '../foundation/transaction.ts';
import type { World } from '../foundation/world.ts';
import { completeGroup, membersGiven } from './group-rules.ts';
import { hasMemberships, memberIds, writeMembers } from './memberships.ts';
import { schemaOf } from './representation.ts';
import {
  deleteResource,
  findResource,
  holderOfKey,
  newId,
  saveResource,
  type ResourceKeys,
  type ResourceName,
  type StoredResource,
} from './resource-store.ts';
import { acceptResource } from './scim/accept-resource.ts';
import { applyPatch } from './scim/apply-patch.ts';
import type { Attributes } from './scim/schema.ts';
import { badRequest, ScimError } from './scim/scim-error.ts';
import { userUrn } from './scim/user-schema.ts';
import { completeUser, initialUser, sendActivationMail } from './user-rules.ts';

/** Which resource a command is for, and the version that the client has seen, from If-Match. */
export type Aim = { readonly type: ResourceName; readonly id: string; readonly ifMatch: string | undefined };

/** Creates a resource from a POST body. Throws a ScimError; then nothing was changed. */
export function createResource(world: World, type: ResourceName, body: unknown): StoredResource {
  const given = acceptResource(schemaOf({ type }), body, 'create');
  return transaction(world.database, () => {
    const id = newId();
    const attributes = type === 'User' ? initialUser(completeUser(world, given)) : completeGroup(given);
    const saved = save(world, { type, id, attributes });
    if (type === 'User') sendActivationMail(world, id, given);
    else writeMembers(world, id, membersGiven(given));
    return saved;
  });
}

/** Replaces a resource with a PUT body. What the domain itself set is kept. Throws a ScimError; then nothing was changed. */
export function replaceResource(world: World, aim: Aim, body: unknown): StoredResource {
  return change(world, aim, (before) => withOwnPart(before.attributes, acceptResource(schemaOf(aim), body, 'replace')));
}

/** Applies a PATCH body, all of it or nothing. A patch that changes nothing keeps the version. Throws a ScimError; then nothing was changed. */
export function patchResource(world: World, aim: Aim, body: unknown): StoredResource {
  return change(world, aim, (before) => {
    const members =
      aim.type === 'Group' ? { members: [...memberIds(world.database, aim.id)].map((value) => ({ value, type: 'User' })) } : {};
    return applyPatch(schemaOf(aim), { ...before.attributes, ...members }, body);
  });
}

/** Deletes a resource. A user who is in groups only with `force`, which also takes them out (our reading of Oracle's forceDelete). Throws a ScimError. */
export function removeResource(world: World, aim: Aim, force: boolean): void {
  transaction(world.database, () => {
    seen(world, aim);
    if (!force && aim.type === 'User' && hasMemberships(world.database, aim.id)) {
      throw new ScimError({
        status: 409,
        messageId: 'error.sandbox.resourceReferenced',
        detail: `User ${aim.id} is a member of groups; delete with forceDelete=true.`,
      });
    }
    deleteResource(world.database, aim.id);
  });
}

/** The resource, or a ScimError with 404. */
export function getResource(world: World, type: ResourceName, id: string): StoredResource {
  const found = findResource(world.database, type, id);
  if (found === undefined)
    throw new ScimError({ status: 404, messageId: 'error.common.validation.resourceNotFound', detail: `${type} ${id} not found.` });
  return found;
}

function change(world: World, aim: Aim, compute: (before: StoredResource) => Attributes): StoredResource {
  return transaction(world.database, () => {
    const before = seen(world, aim);
    const given = compute(before);
    const attributes = aim.type === 'User' ? completeUser(world, given) : completeGroup(given);
    const isGroupChanged = aim.type === 'Group' && given['members'] !== undefined && writeMembers(world, aim.id, membersGiven(given));
    const isEmptied = aim.type === 'Group' && given['members'] === undefined && writeMembers(world, aim.id, []);
    const isSame = !isGroupChanged && !isEmptied && isDeepStrictEqual(cleaned(attributes), cleaned(before.attributes));
    return isSame ? before : save(world, { type: aim.type, id: aim.id, attributes });
  });
}

function seen(world: World, { type, id, ifMatch }: Aim): StoredResource {
  const found = getResource(world, type, id);
  const wanted = ifMatch?.split(',').map((tag) =>
    tag
      .trim()
      .replace(/^W\//, '')
      .replace(/^"(.*)"$/, '$1'),
  );
  if (wanted !== undefined && !wanted.includes('*') && !wanted.includes(found.version)) {
    throw new ScimError({
      status: 412,
      messageId: 'error.sandbox.preconditionFailed',
      detail: `${type} ${id} has changed: its version is ${found.version}.`,
    });
  }
  return found;
}

function save(world: World, resource: Pick<StoredResource, 'type' | 'id' | 'attributes'>): StoredResource {
  const attributes = cleaned(resource.attributes);
  const keys = keysOf(resource.type, attributes);
  const holder = holderOfKey(world.database, resource.type, keys.key);
  if (holder !== undefined && holder !== resource.id) {
    const name = resource.type === 'User' ? 'userName' : 'displayName';
    const detail = `${resource.type} with the same value for attribute(s) [${name}] already exists.`;
    throw new ScimError({ status: 409, messageId: 'error.sandbox.uniqueness', detail, scimType: 'uniqueness' });
  }
  return saveResource(world, { ...resource, attributes }, keys);
}

function keysOf(type: ResourceName, attributes: Attributes): ResourceKeys {
  const enterprise = attributes[userUrn.enterprise];
  const key = attributes[type === 'User' ? 'userName' : 'displayName'];
  if (typeof key !== 'string') throw badRequest('error.common.validation.missingReqAttributes', 'Missing required attribute(s).');
  const number = typeof enterprise === 'object' && enterprise !== null ? (enterprise as Attributes)['employeeNumber'] : undefined;
  const externalId = attributes['externalId'];
  return {
    key: key.toLowerCase(),
    externalId: typeof externalId === 'string' ? externalId : null,
    employeeNumber: typeof number === 'string' ? number.toLowerCase() : null,
  };
}

// Emptied extensions and lists are the same as absent ones (RFC 7643 section 2.5).
function cleaned(attributes: Attributes): Attributes {
  const isEmpty = (value: unknown) => typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined && value !== null && !isEmpty(value)));
}

// A PUT cannot carry what is read-only or immutable, so it does not take it away either.
function withOwnPart(before: Attributes, given: Attributes): Attributes {
  const own = [userUrn.user, userUrn.capabilities, userUrn.state, userUrn.credentials].filter((urn) => before[urn] !== undefined);
  return {
    ...given,
    ...Object.fromEntries(own.map((urn) => [urn, { ...(before[urn] as Attributes), ...(given[urn] as Attributes | undefined) }])),
  };
}
