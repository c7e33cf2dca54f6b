import type { DatabaseSync } from 'node:sqlite';
import type { World } from '../foundation/world.ts';
import { findResource } from './resource-store.ts';
import type { Attributes } from './scim/schema.ts';
import { badRequest } from './scim/scim-error.ts';
import type { ValuePage } from './scim/selection.ts';

/** Most members that one answer may hold: https://github.com/oci-landing-zones/oci-cis-landingzone-quickstart/issues/179 */
const maxMembers = 10_000;

/** A group's members in the order in which they were added, or a page of them. Throws a ScimError when there are more than 10,000 in one answer. */
export function readMembers(world: World, groupId: string, page?: ValuePage): readonly Attributes[] {
  const { startIndex, count } = page ?? { startIndex: 1, count: maxMembers + 1 };
  const rows = world.database
    .prepare(
      `SELECT m.user_id, m.added, r.attributes FROM oci_members m JOIN oci_resources r ON r.id = m.user_id
       WHERE m.group_id = ? ORDER BY m.sequence LIMIT ? OFFSET ?`,
    )
    .all(groupId, count, Math.max(0, startIndex - 1));
  if (rows.length > maxMembers) {
    throw badRequest(
      'error.sandbox.tooManyMembers',
      `The group has more than ${maxMembers} members: ask for pages with attributes=members[startIndex=1&count=1000].`,
      'tooMany',
    );
  }
  return rows.map((row) =>
    memberOf(world, String(row['user_id']), {
      attributes: JSON.parse(String(row['attributes'])) as Attributes,
      added: Number(row['added']),
    }),
  );
}

/** The groups that a user is a direct member of, as the user's `groups`. */
export function readGroupsOf(world: World, userId: string): readonly Attributes[] {
  const rows = world.database
    .prepare(
      'SELECT m.group_id, m.added, r.attributes FROM oci_members m JOIN oci_resources r ON r.id = m.group_id WHERE m.user_id = ? ORDER BY m.sequence',
    )
    .all(userId);
  return rows.map((row) => {
    const id = String(row['group_id']);
    const group = JSON.parse(String(row['attributes'])) as Attributes;
    return {
      value: id,
      display: group['displayName'],
      type: 'direct',
      $ref: `${world.urls.oci}/admin/v1/Groups/${id}`,
      dateAdded: new Date(Number(row['added'])).toISOString(),
    };
  });
}

/** Whether the user is a member of any group. */
export function hasMemberships(database: DatabaseSync, userId: string): boolean {
  return database.prepare('SELECT 1 FROM oci_members WHERE user_id = ? LIMIT 1').get(userId) !== undefined;
}

/** Makes the group's members exactly these users, and says whether that changed anything. Throws a ScimError when one does not exist. */
export function writeMembers(world: World, groupId: string, userIds: readonly string[]): boolean {
  const before = memberIds(world.database, groupId);
  const wanted = new Set(userIds);
  const added = [...wanted].filter((id) => !before.has(id));
  const removed = [...before].filter((id) => !wanted.has(id));
  const insert = world.database.prepare('INSERT INTO oci_members (group_id, user_id, added) VALUES (?, ?, ?)');
  for (const id of added) {
    if (findResource(world.database, 'User', id) === undefined) {
      throw badRequest(
        'error.common.validation.invalidReferenceResource',
        `Group.members references a User with ID ${id} that does not exist.`,
      );
    }
    insert.run(groupId, id, world.now());
  }
  const remove = world.database.prepare('DELETE FROM oci_members WHERE group_id = ? AND user_id = ?');
  for (const id of removed) remove.run(groupId, id);
  return added.length + removed.length > 0;
}

/** Ids of the group's members. */
export function memberIds(database: DatabaseSync, groupId: string): ReadonlySet<string> {
  return new Set(
    database
      .prepare('SELECT user_id FROM oci_members WHERE group_id = ? ORDER BY sequence')
      .all(groupId)
      .map((row) => String(row['user_id'])),
  );
}

function memberOf(world: World, id: string, user: { readonly attributes: Attributes; readonly added: number }): Attributes {
  const { userName, displayName } = user.attributes;
  return {
    value: id,
    type: 'User',
    name: userName,
    display: displayName ?? userName,
    $ref: `${world.urls.oci}/admin/v1/Users/${id}`,
    dateAdded: new Date(user.added).toISOString(),
  };
}
