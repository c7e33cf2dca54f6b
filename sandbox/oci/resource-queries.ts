import type { World } from '../foundation/world.ts';
import { readAppAccessOf } from './app-access.ts';
import { readCredentialsOf } from './credentials.ts';
import { readFactorsOf } from './factors.ts';
import { findMatching } from './find-matching.ts';
import { readGroupsOf, readMembers } from './memberships.ts';
import { representation, schemaOf } from './representation.ts';
import { countResources, readResourcePage, type ResourceName, type StoredResource } from './resource-store.ts';
import { parseFilter } from './scim/filter.ts';
import type { Attributes } from './scim/schema.ts';
import { badRequest } from './scim/scim-error.ts';
import { isSelected, project, readSelection, type Selection } from './scim/selection.ts';
import { userUrn } from './scim/user-schema.ts';

/** A query as parameters of a GET or as the body of a `/.search`. */
export type Query = {
  readonly filter: string | undefined;
  readonly attributes: readonly string[];
  readonly excludedAttributes: readonly string[];
  readonly startIndex: number;
  readonly count: number;
};

const defaultCount = 50;
const maxCount = 1000;

/** Reads a query: `count` is 50 by default and at most 1,000, `startIndex` 1-based. Throws a ScimError for numbers that are none. */
export function readQuery(read: (name: string) => unknown): Query {
  const filter = read('filter');
  return {
    filter: typeof filter === 'string' && filter !== '' ? filter : undefined,
    attributes: names(read('attributes')),
    excludedAttributes: names(read('excludedAttributes')),
    startIndex: Math.max(1, whole('startIndex', read('startIndex'), 1)),
    count: Math.min(maxCount, Math.max(0, whole('count', read('count'), defaultCount))),
  };
}

/** The ListResponse of RFC 7644 section 3.4.2. Throws a ScimError for a filter or attribute that is not valid. */
export function listResources(world: World, type: ResourceName, query: Query): Attributes {
  const schema = schemaOf({ type });
  const selection = readSelection(schema, query.attributes, query.excludedAttributes);
  const { total, page } =
    query.filter === undefined ? pageOf(world, type, query) : matchingPage(world, type, { ...query, filter: query.filter });
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: total,
    startIndex: query.startIndex,
    itemsPerPage: page.length,
    Resources: page.map((resource) => show(world, resource, selection)),
  };
}

/** The resource as an answer shows it, `groups` and `members` included when the selection asks for them. */
export function show(world: World, resource: StoredResource, selection: Selection): Attributes {
  const related = {
    ...(resource.type === 'User' && isSelected(selection, 'groups') ? { groups: readGroupsOf(world, resource.id) } : {}),
    ...(resource.type === 'User' ? relatedExtensions(world, resource, selection) : {}),
    ...(resource.type === 'Group' && isSelected(selection, 'members')
      ? { members: readMembers(world, resource.id, selection.membersPage) }
      : {}),
  };
  return project(schemaOf(resource), { ...representation(world, resource), ...related }, selection);
}

// What stands in other tables is read only when it is asked for.
function relatedExtensions(world: World, { id, attributes }: StoredResource, selection: Selection): Attributes {
  const asksFor = (urn: string) => selection.only?.some((path) => path.extension === urn) ?? false;
  return {
    ...(asksFor(userUrn.credentials) ? { [userUrn.credentials]: readCredentialsOf(world, id) } : {}),
    ...(asksFor(userUrn.mfa) ? { [userUrn.mfa]: readFactorsOf(world, id) } : {}),
    ...(asksFor(userUrn.user) ? { [userUrn.user]: { ...(attributes[userUrn.user] as Attributes), ...readAppAccessOf(world, id) } } : {}),
  };
}

type Page = { readonly total: number; readonly page: readonly StoredResource[] };

function pageOf(world: World, type: ResourceName, query: Query): Page {
  const page = readResourcePage(world.database, type, { offset: query.startIndex - 1, count: query.count });
  return { total: countResources(world.database, type), page };
}

function matchingPage(world: World, type: ResourceName, query: Query & { readonly filter: string }): Page {
  const found = findMatching(world, type, parseFilter(query.filter));
  return { total: found.length, page: found.slice(query.startIndex - 1, query.startIndex - 1 + query.count) };
}

function names(value: unknown): readonly string[] {
  const all = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(',') : [];
  return all.map((name) => name.trim()).filter((name) => name !== '');
}

function whole(name: string, value: unknown, initial: number): number {
  if (value === undefined || value === null) return initial;
  const number = Number(value);
  if (!Number.isInteger(number)) throw badRequest('error.sandbox.invalidQuery', `${name} must be a whole number.`);
  return number;
}
