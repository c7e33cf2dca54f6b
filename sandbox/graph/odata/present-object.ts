import type { World } from '../../foundation/world.ts';
import { withGroupLicences } from '../licences/group-licences.ts';
import { sourcesOf, targetsOf } from '../store/edges.ts';
import type { DirectoryObject } from '../store/entities.ts';
import { groupsOf, membersOf, present, rolesOf, transitiveGroupsOf, transitiveMembersOf, transitiveRolesOf } from '../store/memberships.ts';
import { propertiesOf } from './entity-properties.ts';
import { presentEntity } from './present-entity.ts';
import type { Expansion, Shape } from './query-options.ts';

// Graph expands at most 20 items of a directory object's relation (https://learn.microsoft.com/graph/query-parameters#expand).
const expandedMost = 20;

/** A directory object as an answer shows it, with `@odata.type` where the answer may hold several types. */
export function presentObject(world: World, object: DirectoryObject, shape: Shape, typed: boolean): Readonly<Record<string, unknown>> {
  const entityType = `microsoft.graph.${object.kind}`;
  const select = shape.select?.filter((name) => propertiesOf(entityType).has(name.split('/')[0] ?? name));
  const expanded = shape.expand.map((expansion) => [expansion.property, expand(world, object, expansion)] as const);
  return {
    ...(typed ? { '@odata.type': `#${entityType}` } : {}),
    ...presentEntity(object.kind === 'user' ? withGroupLicences(world, object.entity) : object.entity, entityType, select),
    ...Object.fromEntries(expanded.filter(([, value]) => value !== undefined)),
  };
}

/** What a navigation property of a directory object leads to. Undefined for one that the sandbox does not play. */
export function related(world: World, object: DirectoryObject, property: string): readonly DirectoryObject[] | undefined {
  const { id } = object.entity;
  switch (property) {
    case 'manager':
      return present(world, targetsOf(world.database, 'manager', id));
    case 'directReports':
      return present(world, sourcesOf(world.database, 'manager', id));
    case 'sponsors':
    case 'owners':
      return present(world, targetsOf(world.database, property, id));
    case 'ownedObjects':
      return present(world, sourcesOf(world.database, 'owners', id));
    case 'registeredUsers':
      return present(world, targetsOf(world.database, 'registeredUsers', id));
    case 'ownedDevices':
      return present(world, sourcesOf(world.database, 'registeredOwners', id));
    case 'registeredDevices':
      return present(world, sourcesOf(world.database, 'registeredUsers', id));
    case 'memberOf':
      return [
        ...asGroups(groupsOf(world, object)),
        ...asRoles(rolesOf(world, id)),
        ...present(world, sourcesOf(world.database, 'unitMembers', id)),
      ];
    case 'transitiveMemberOf':
      return [...asGroups(transitiveGroupsOf(world, object)), ...asRoles(transitiveRolesOf(world, object))];
    default:
      return relatedMembers(world, object, property);
  }
}

function relatedMembers(world: World, object: DirectoryObject, property: string): readonly DirectoryObject[] | undefined {
  if (object.kind === 'directoryRole' && property === 'members')
    return present(world, targetsOf(world.database, 'roleMembers', object.entity.id));
  if (object.kind === 'administrativeUnit' && property === 'members')
    return present(world, targetsOf(world.database, 'unitMembers', object.entity.id));
  if (object.kind !== 'group') return undefined;
  if (property === 'members') return membersOf(world, object.entity);
  return property === 'transitiveMembers' ? transitiveMembersOf(world, object.entity) : undefined;
}

function expand(world: World, object: DirectoryObject, expansion: Expansion): unknown {
  const found = related(world, object, expansion.property);
  const shown = found?.slice(0, expandedMost).map((item) => presentObject(world, item, { select: expansion.select, expand: [] }, true));
  return expansion.property === 'manager' ? shown?.[0] : shown;
}

function asGroups(groups: ReturnType<typeof groupsOf>): readonly DirectoryObject[] {
  return groups.map((entity) => ({ kind: 'group', entity }));
}

function asRoles(roles: ReturnType<typeof rolesOf>): readonly DirectoryObject[] {
  return roles.map((entity) => ({ kind: 'directoryRole', entity }));
}
