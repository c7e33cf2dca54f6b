import { randomUUID } from 'node:crypto';
import { bodyOf, nowText, type GraphAnswer, type GraphCall } from '../http/graph-call.ts';
import { badRequest, denied, mastered } from '../http/graph-failure.ts';
import { tenant } from '../../tokens/tenant.ts';
import { contextOf } from '../odata/collection.ts';
import { presentObject } from '../odata/present-object.ts';
import { addEdge } from '../store/edges.ts';
import type { Group } from '../store/entities.ts';
import { insertObject, updateObject } from '../store/objects.ts';
import { referencedObject } from '../users/reference.ts';
import { requireGroup } from './find-group.ts';
import { bindReferences } from './group-edges.ts';

/** `POST /groups` (https://learn.microsoft.com/graph/api/group-post-groups). */
export function createGroup(call: GraphCall): GraphAnswer {
  const { world } = call;
  const { '@odata.type': _type, 'members@odata.bind': members, 'owners@odata.bind': owners, ...values } = bodyOf(call);
  const group = newGroup(values, nowText(world));
  requireSoundType(group);
  insertObject(world, { kind: 'group', entity: group });
  for (const member of new Set(listOf(members))) addEdge(world.database, 'members', group.id, referencedObject(world, member).entity.id);
  for (const owner of new Set(listOf(owners))) addEdge(world.database, 'owners', group.id, referencedObject(world, owner).entity.id);
  const shown = presentObject(world, { kind: 'group', entity: group }, { select: undefined, expand: [] }, false);
  return { status: 201, body: { '@odata.context': contextOf(call, '/$entity'), ...shown } };
}

/** `PATCH /groups/{id}`: properties, or up to 20 members or owners to add (https://learn.microsoft.com/graph/api/group-update). */
export function updateGroup(call: GraphCall): GraphAnswer {
  const group = requireGroup(call);
  const { '@odata.type': _type, 'members@odata.bind': members, 'owners@odata.bind': owners, ...values } = bodyOf(call);
  if (Object.keys(values).length > 0) {
    if (group.onPremisesSyncEnabled === true) throw mastered();
    if (group.isAssignableToRole === true) throw denied();
    const changed = { ...group, ...values };
    requireSoundType(changed);
    updateObject(call.world.database, changed);
  }
  if (members !== undefined) bindReferences(call.world, group, 'members', listOf(members));
  if (owners !== undefined) bindReferences(call.world, group, 'owners', listOf(owners));
  return { status: 204 };
}

/** `DELETE /groups/{id}`: into deleted items. */
export function deleteGroup(call: GraphCall): GraphAnswer {
  const group = requireGroup(call);
  if (group.onPremisesSyncEnabled === true) throw mastered();
  if (group.isAssignableToRole === true) throw denied();
  updateObject(call.world.database, { ...group, deletedDateTime: nowText(call.world) });
  return { status: 204 };
}

/** A group as the tenant makes it from the values given. */
export function newGroup(values: Readonly<Record<string, unknown>>, now: string): Group {
  const mail = values['mailEnabled'] === true ? `${String(values['mailNickname'])}@${tenant.domain}` : null;
  const standard = {
    id: randomUUID(),
    deletedDateTime: null,
    displayName: '',
    groupTypes: [],
    mailEnabled: false,
    securityEnabled: true,
    isAssignableToRole: null,
    membershipRule: null,
    membershipRuleProcessingState: null,
    onPremisesSyncEnabled: null,
    createdDateTime: now,
    renewedDateTime: now,
  };
  return { ...standard, ...values, mail, proxyAddresses: mail === null ? [] : [`SMTP:${mail}`] };
}

function requireSoundType(group: Group): void {
  const isDynamic = group.groupTypes.includes('DynamicMembership');
  if (isDynamic !== (group.membershipRule !== null))
    throw badRequest("A value for 'membershipRule' is required for a dynamic group, and only there.");
  if (group.mailEnabled && !group.groupTypes.includes('Unified'))
    throw badRequest('Cannot Create a mail-enabled security groups and or distribution list.');
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
