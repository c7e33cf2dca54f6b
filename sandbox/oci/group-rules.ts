import type { Attributes } from './scim/schema.ts';
import { badRequest } from './scim/scim-error.ts';

/** A group as it is to be kept: its members are kept apart. Throws a ScimError without a display name. */
export function completeGroup(given: Attributes): Attributes {
  const { members: _members, ...group } = given;
  if (typeof group['displayName'] !== 'string' || group['displayName'] === '') {
    throw badRequest('error.common.validation.missingReqAttributes', 'Missing required attribute(s): displayName.');
  }
  return group;
}

/** Ids of the users in a group's `members`. Throws a ScimError for a member without an id or of another type. */
export function membersGiven(given: Attributes): readonly string[] {
  const members = (given['members'] ?? []) as readonly Attributes[];
  return members.map(({ value, type }) => {
    if (typeof value !== 'string')
      throw badRequest('error.common.validation.missingReqAttributes', 'Missing required attribute(s): members.value.');
    if (typeof type === 'string' && type !== 'User')
      throw badRequest('error.sandbox.invalidMemberType', 'The type of a member must be User.');
    return value;
  });
}
