import type { World } from '../../foundation/world.ts';
import { tenant } from '../../tokens/tenant.ts';
import { bodyOf, parameter, type GraphAnswer, type GraphCall, type Operations } from '../http/graph-call.ts';
import { badRequest, GraphFailure } from '../http/graph-failure.ts';
import { contextOf, plainCollection } from '../odata/collection.ts';
import { addEdge, removeEdge, targetsOf } from '../store/edges.ts';
import type { Group, User } from '../store/entities.ts';
import { isDynamic, membersOf } from '../store/memberships.ts';
import { readKind } from '../store/objects.ts';
import { findUser } from '../users/find-user.ts';
import { referencedId } from '../users/reference.ts';

const members = '/teams/{team-id}/members';

/** The members of teams (https://learn.microsoft.com/graph/api/team-list-members): those of the team's group, each with an id of the membership. */
export const teamOperations: Operations = {
  [`GET ${members}`]: { name: 'teams.members', handle: listMembers },
  [`POST ${members}`]: { name: 'teams.addMember', handle: addMember },
  [`DELETE ${members}/{conversationMember-id}`]: { name: 'teams.removeMember', handle: removeMember },
};

function listMembers(call: GraphCall): GraphAnswer {
  const team = requireTeam(call);
  return plainCollection(
    call,
    usersOf(call.world, team).map((user) => shown(call.world, team, user)),
  );
}

/** `POST /teams/{id}/members`: 201 with the membership. Somebody who is in the team keeps theirs. */
function addMember(call: GraphCall): GraphAnswer {
  const team = requireTeam(call);
  const user = findUser(call.world, referencedId(String(bodyOf(call)['user@odata.bind'])));
  if (user === undefined) throw new GraphFailure(404, 'NotFound', 'Failed to find the user to add.');
  if (isDynamic(team)) throw badRequest('Members of a team with dynamic membership cannot be added.');
  addEdge(call.world.database, 'members', team.id, user.id);
  return { status: 201, body: { '@odata.context': contextOf(call, '/$entity'), ...shown(call.world, team, user) } };
}

function removeMember(call: GraphCall): GraphAnswer {
  const team = requireTeam(call);
  const id = parameter(call, 'conversationMember-id');
  const user = usersOf(call.world, team).find((one) => membershipId(team, one) === id);
  if (user === undefined) throw new GraphFailure(404, 'NotFound', 'Failed to find the membership.');
  // The application may not remove owners with the permission that it has: TeamMember.ReadWriteNonOwnerRole.All.
  if (isOwner(call.world, team, user)) throw new GraphFailure(403, 'Forbidden', 'The application may not change owners of the team.');
  removeEdge(call.world.database, 'members', team.id, user.id);
  return { status: 204 };
}

function shown(world: World, team: Group, user: User) {
  return {
    '@odata.type': '#microsoft.graph.aadUserConversationMember',
    id: membershipId(team, user),
    roles: isOwner(world, team, user) ? ['owner'] : [],
    displayName: user.displayName,
    userId: user.id,
    email: user.mail,
    tenantId: tenant.id,
    visibleHistoryStartDateTime: '0001-01-01T00:00:00Z',
  };
}

function isOwner(world: World, team: Group, user: User): boolean {
  return targetsOf(world.database, 'owners', team.id).includes(user.id);
}

function membershipId(team: Group, user: User): string {
  return Buffer.from(`${team.id}##${user.id}`).toString('base64url');
}

function usersOf(world: World, team: Group): readonly User[] {
  return membersOf(world, team).flatMap(({ kind, entity }) => (kind === 'user' ? [entity] : []));
}

function requireTeam(call: GraphCall): Group {
  const id = parameter(call, 'team-id');
  const group = readKind(call.world, 'group', id);
  const options = group?.['resourceProvisioningOptions'];
  if (group !== undefined && Array.isArray(options) && options.includes('Team')) return group;
  throw new GraphFailure(404, 'NotFound', `No team found with Group Id ${id}`);
}
