import type { World } from '../foundation/world.ts';
import { readGroupsOf, readMembers } from './memberships.ts';
import { findResource, readResources, type IndexedColumn, type ResourceName, type StoredResource } from './resource-store.ts';
import { representation, schemaOf } from './representation.ts';
import type { Filter } from './scim/filter.ts';
import { matchesFilter } from './scim/match-filter.ts';

/** The resources that match the filter, in the order of their creation. Equality of userName, displayName, externalId, id, employeeNumber and members is
 * looked up by index, so that a large domain answers as fast as a small one. */
export function findMatching(world: World, type: ResourceName, filter: Filter): readonly StoredResource[] {
  const schema = schemaOf({ type });
  const needsRelation = mentions(filter, type === 'User' ? 'groups' : 'members');
  const complete = (resource: StoredResource) => ({
    ...representation(world, resource),
    ...(needsRelation && type === 'User' ? { groups: readGroupsOf(world, resource.id) } : {}),
    ...(needsRelation && type === 'Group' ? { members: readMembers(world, resource.id) } : {}),
  });
  return candidates(world, type, filter).filter((resource) => matchesFilter(schema, complete(resource), filter));
}

function candidates(world: World, type: ResourceName, filter: Filter): readonly StoredResource[] {
  const [equality] = equalities(type, filter);
  if (equality === undefined) return readResources(world.database, type);
  if (equality.column === 'member') return groupsWith(world, equality.value);
  return readResources(world.database, type, { column: equality.column, value: equality.value });
}

type Equality = { readonly column: IndexedColumn | 'member'; readonly value: string };

const employeeNumber = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:user:employeenumber';
const indexed: Readonly<Record<ResourceName, Readonly<Record<string, Equality['column']>>>> = {
  User: { id: 'id', username: 'key', externalid: 'external_id', [employeeNumber]: 'employee_number' },
  Group: { id: 'id', displayname: 'key', externalid: 'external_id', 'members.value': 'member', members: 'member' },
};

// Equalities that must hold for the whole filter to hold.
function equalities(type: ResourceName, filter: Filter): readonly Equality[] {
  if (filter.is === 'and') return [...equalities(type, filter.left), ...equalities(type, filter.right)];
  if (filter.is !== 'compare' || filter.operator !== 'eq' || typeof filter.value !== 'string') return [];
  const column = indexed[type][filter.path.toLowerCase()];
  if (column === undefined) return [];
  return [{ column, value: column === 'key' || column === 'employee_number' ? filter.value.toLowerCase() : filter.value }];
}

function groupsWith(world: World, userId: string): readonly StoredResource[] {
  return world.database
    .prepare('SELECT group_id FROM oci_members WHERE user_id = ? ORDER BY sequence')
    .all(userId)
    .flatMap((row) => findResource(world.database, 'Group', String(row['group_id'])) ?? []);
}

function mentions(filter: Filter, attribute: string): boolean {
  switch (filter.is) {
    case 'and':
    case 'or':
      return mentions(filter.left, attribute) || mentions(filter.right, attribute);
    case 'not':
      return mentions(filter.filter, attribute);
    default:
      return filter.path.toLowerCase().split('.')[0] === attribute;
  }
}
