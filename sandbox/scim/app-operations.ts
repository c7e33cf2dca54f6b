import { randomUUID } from 'node:crypto';
import { transaction } from '../foundation/transaction.ts';
import type { World } from '../foundation/world.ts';
import type { WireAnswer } from '../foundation/wire.ts';
import { acceptResource } from '../oci/scim/accept-resource.ts';
import { applyPatch } from '../oci/scim/apply-patch.ts';
import { parseFilter } from '../oci/scim/filter.ts';
import { matchesFilter } from '../oci/scim/match-filter.ts';
import type { Attributes, ResourceSchema } from '../oci/scim/schema.ts';
import { badRequest, ScimError } from '../oci/scim/scim-error.ts';
import { project, readSelection } from '../oci/scim/selection.ts';
import { appGroup, appUser } from './app-schemas.ts';
import {
  deleteAppResource,
  findAppResource,
  readAppResources,
  saveAppResource,
  type AppResource,
  type AppResourceName,
} from './app-store.ts';
import type { Abilities } from './discovery.ts';

/** What an operation needs of a request. */
export type AppRequest = {
  readonly type: AppResourceName;
  readonly id: string;
  readonly query: (name: string) => string | undefined;
  readonly ifMatch: string | undefined;
  readonly body: unknown;
  readonly abilities: Abilities;
};

type Work = (world: World, request: AppRequest) => WireAnswer;

/** GET of one resource, with its version as `ETag`. Throws a ScimError, as all of these do; then nothing was changed. */
export const getOne: Work = (world, request) => shown(world, request, { status: 200, resource: there(world, request) });

/** GET of a collection: filtered, in pages from 1. */
export const listAll: Work = (world, request) => {
  const { query, abilities, type } = request;
  const filter = query('filter');
  if (filter !== undefined && !abilities.filter) throw refusal(400, 'This application has no filters.', 'invalidFilter');
  const parsed = filter === undefined ? undefined : parseFilter(filter);
  const schema = schemaOf(type);
  const all = readAppResources(world.database, type).map((resource) => whole(world, resource));
  const found = parsed === undefined ? all : all.filter((resource) => matchesFilter(schema, resource, parsed));
  const startIndex = Math.max(1, Number(query('startIndex') ?? 1));
  const count = Math.min(abilities.maxResults, Number(query('count') ?? abilities.maxResults));
  const page = found.slice(startIndex - 1, startIndex - 1 + count).map((resource) => project(schema, resource, selectionOf(request)));
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:ListResponse'];
  return { status: 200, body: { schemas, totalResults: found.length, startIndex, itemsPerPage: page.length, Resources: page } };
};

/** POST: a new resource. */
export const createOne: Work = (world, request) => {
  const attributes = acceptResource(schemaOf(request.type), request.body, 'create');
  const resource = saved(world, { type: request.type, id: randomUUID(), attributes });
  return shown(world, request, { status: 201, resource });
};

/** PUT: the whole resource anew. */
export const replaceOne: Work = (world, request) =>
  changed(world, request, () => acceptResource(schemaOf(request.type), request.body, 'replace'));

/** PATCH in the shapes of RFC 7644 alone. */
export const patchOne: Work = (world, request) => {
  if (!request.abilities.patch) throw refusal(501, 'This application knows no PATCH: use PUT.');
  refuseOtherShapes(request.body);
  return changed(world, request, ({ attributes }) => applyPatch(schemaOf(request.type), attributes, request.body));
};

/** DELETE. Whoever is deleted is in no group any more. */
export const deleteOne: Work = (world, request) =>
  transaction(world.database, () => {
    versionSeen(request, there(world, request));
    deleteAppResource(world.database, request.id);
    for (const group of readAppResources(world.database, 'Group')) {
      const members = membersIn(group);
      const kept = members.filter(({ value }) => value !== request.id);
      if (kept.length < members.length)
        saveAppResource(world.database, { ...group, attributes: { ...group.attributes, members: kept } }, world.now());
    }
    return { status: 204 };
  });

/** A resource as it is shown, with all that the application adds. */
function whole(world: World, { type, id, version, created, modified, attributes }: AppResource): Attributes {
  const schema = schemaOf(type);
  const extensions = Object.keys(schema.extensions).filter((urn) => attributes[urn] !== undefined);
  const meta = {
    resourceType: type,
    created: new Date(created).toISOString(),
    lastModified: new Date(modified).toISOString(),
    location: `${world.urls.scim}/${type}s/${id}`,
    version: tagOf(version),
  };
  return { ...attributes, id, schemas: [schema.urn, ...extensions], meta };
}

function changed(world: World, request: AppRequest, compute: (before: AppResource) => Attributes): WireAnswer {
  return transaction(world.database, () => {
    const before = there(world, request);
    versionSeen(request, before);
    const resource = saved(world, { type: request.type, id: request.id, attributes: compute(before) });
    return shown(world, request, { status: 200, resource });
  });
}

function saved(world: World, resource: Pick<AppResource, 'type' | 'id' | 'attributes'>): AppResource {
  const attributes = Object.fromEntries(Object.entries(resource.attributes).filter(([, value]) => !isEmpty(value)));
  const unique = resource.type === 'User' ? 'userName' : 'displayName';
  const name = attributes[unique];
  if (typeof name !== 'string' || name === '') throw badRequest('', `${unique} is required.`);
  const others = readAppResources(world.database, resource.type).filter(({ id }) => id !== resource.id);
  if (others.some((other) => String(other.attributes[unique]).toLowerCase() === name.toLowerCase()))
    throw refusal(409, `There is a ${resource.type} with the same ${unique} already.`, 'uniqueness');
  for (const { value } of membersIn({ attributes })) {
    if (findAppResource(world.database, 'User', String(value)) === undefined) throw badRequest('', `There is no user ${String(value)}.`);
  }
  return saveAppResource(world.database, { ...resource, attributes }, world.now());
}

function there(world: World, { type, id }: Pick<AppRequest, 'type' | 'id'>): AppResource {
  const found = findAppResource(world.database, type, id);
  if (found === undefined) throw refusal(404, `There is no ${type} ${id}.`);
  return found;
}

// RFC 7644 section 3.14; a change that names no version is told that it has to (RFC 6585 section 3).
function versionSeen({ ifMatch, abilities }: AppRequest, { version }: AppResource): void {
  if (!abilities.etag) return;
  if (ifMatch === undefined) throw refusal(428, 'If-Match has to name the version that is changed.');
  if (ifMatch !== tagOf(version)) throw refusal(412, `The resource has changed: its version is ${tagOf(version)}.`);
}

/** Many servers bear with more than the RFC has, and so hide what a client does wrong. */
function refuseOtherShapes(body: unknown): void {
  const operations = typeof body === 'object' && body !== null && 'Operations' in body ? body.Operations : [];
  for (const operation of Array.isArray(operations) ? operations : []) refuseOtherShape(operation ?? {});
}

function refuseOtherShape({ op, path, value }: { readonly op?: unknown; readonly path?: unknown; readonly value?: unknown }): void {
  if (op !== 'add' && op !== 'remove' && op !== 'replace')
    throw badRequest('', `op is ${String(op)}; it is add, remove or replace, in lower case.`, 'invalidSyntax');
  if (op === 'remove' && (path === undefined || value !== undefined))
    throw badRequest('', 'A removal has a path and no value.', 'noTarget');
  const names = path === undefined && typeof value === 'object' && value !== null ? Object.keys(value) : [];
  const dotted = names.find((name) => /^[^:]+\./.test(name));
  if (dotted !== undefined) throw badRequest('', `${dotted} is a path, and no name of an attribute.`, 'invalidPath');
}

function shown(
  world: World,
  request: AppRequest,
  { status, resource }: { readonly status: number; readonly resource: AppResource },
): WireAnswer {
  const body = project(schemaOf(request.type), whole(world, resource), selectionOf(request));
  const tag = request.abilities.etag ? { ETag: tagOf(resource.version) } : {};
  return {
    status,
    body,
    headers: { ...tag, ...(status === 201 ? { Location: `${world.urls.scim}/${request.type}s/${resource.id}` } : {}) },
  };
}

function selectionOf({ type, query }: AppRequest): ReturnType<typeof readSelection> {
  const names = (text: string | undefined) => (text === undefined ? [] : text.split(',').map((name) => name.trim()));
  return readSelection(schemaOf(type), names(query('attributes')), names(query('excludedAttributes')));
}

function membersIn({ attributes }: Pick<AppResource, 'attributes'>): readonly { readonly value?: unknown }[] {
  const { members } = attributes;
  return Array.isArray(members) ? members : [];
}

function schemaOf(type: AppResourceName): ResourceSchema {
  return type === 'User' ? appUser : appGroup;
}

function tagOf(version: number): string {
  return `W/"${version}"`;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

function refusal(status: number, detail: string, scimType?: string): ScimError {
  return new ScimError({ status, messageId: '', detail, ...(scimType === undefined ? {} : { scimType }) });
}
