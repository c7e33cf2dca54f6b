import type { World } from '../../foundation/world.ts';
import { parameter, type Handler } from '../http/graph-call.ts';
import { badRequest, notFound } from '../http/graph-failure.ts';
import { addEdge, removeEdge, targetsOf } from '../store/edges.ts';
import type { Group } from '../store/entities.ts';
import { referencedByBody, referencedId, referencedObject } from '../users/reference.ts';
import { requireGroup } from './find-group.ts';
import { requireWritableEdges } from './group-authority.ts';

type GroupRelation = 'members' | 'owners';

/** `POST /groups/{id}/members/$ref` or `owners/$ref` (https://learn.microsoft.com/graph/api/group-post-members). Already there: 400, as the service answers. */
export function addReference(relation: GroupRelation): Handler {
  return (call) => {
    const group = requireGroup(call);
    requireWritableEdges(group, relation);
    const object = referencedByBody(call);
    if (!addEdge(call.world.database, relation, group.id, object.entity.id)) throw alreadyThere(relation);
    return { status: 204 };
  };
}

/** `DELETE /groups/{id}/members/{id}/$ref` or `owners/{id}/$ref`. Not there: 404, which names the group (microsoft-graph-docs issue 18714). */
export function removeReference(relation: GroupRelation): Handler {
  return (call) => {
    const group = requireGroup(call);
    requireWritableEdges(group, relation);
    const id = parameter(call, 'directoryObject-id').toLowerCase();
    // https://learn.microsoft.com/graph/api/group-delete-owners
    if (relation === 'owners' && isLastOwner(call.world, group, id))
      throw badRequest('The group must have at least one owner, hence this owner cannot be removed.');
    const removed = removeEdge(call.world.database, relation, group.id, id);
    if (!removed) throw notFound(group.id);
    return { status: 204 };
  };
}

/** Adds the objects of a `members@odata.bind` or `owners@odata.bind`, all or none: one that is there already, or named twice, refuses them all. */
export function bindReferences(world: World, group: Group, relation: GroupRelation, references: readonly string[]): void {
  requireWritableEdges(group, relation);
  const ids = references.map(referencedId);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) {
    throw badRequest(
      `Object '[ResourceType=User,Id=${twice}]' referenced from '[ResourceType=Group,Id=${group.id}]' can only be present once as an add/remove change.`,
    );
  }
  for (const reference of references) {
    const object = referencedObject(world, reference);
    if (!addEdge(world.database, relation, group.id, object.entity.id)) throw alreadyThere(relation);
  }
}

function isLastOwner(world: World, group: Group, id: string): boolean {
  const owners = targetsOf(world.database, 'owners', group.id);
  return owners.length === 1 && owners[0] === id;
}

function alreadyThere(relation: GroupRelation): Error {
  return badRequest(`One or more added object references already exist for the following modified properties: '${relation}'.`);
}
