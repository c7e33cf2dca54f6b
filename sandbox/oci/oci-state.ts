import type { World } from '../foundation/world.ts';
import { readAppAccessOf } from './app-access.ts';
import { readCredentialsOf } from './credentials.ts';
import { readFactorsOf } from './factors.ts';
import { memberIds, readGroupsOf } from './memberships.ts';
import { representation } from './representation.ts';
import { readResources } from './resource-store.ts';

/** What the identity domain holds: users with their groups and credentials, factors and grants, groups with the ids of their members, and the mails it sent. */
export function ociState(world: World): unknown {
  const { database } = world;
  return {
    users: readResources(database, 'User').map((user) => ({
      ...representation(world, user),
      groups: readGroupsOf(world, user.id),
      credentials: readCredentialsOf(world, user.id),
      factors: readFactorsOf(world, user.id),
      ...readAppAccessOf(world, user.id),
    })),
    groups: readResources(database, 'Group').map((group) => ({
      ...representation(world, group),
      members: [...memberIds(database, group.id)],
    })),
    mails: database.prepare('SELECT user_id AS userId, recipient, kind, sent_at AS sentAt FROM oci_mails ORDER BY sequence').all(),
  };
}
