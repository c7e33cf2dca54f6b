import type { World } from '../foundation/world.ts';
import { z } from 'zod';
import { getResource } from './resource-commands.ts';
import { newId } from './resource-store.ts';
import { parseFilter } from './scim/filter.ts';
import { matchesFilter } from './scim/match-filter.ts';
import { complex, flag, text, type Attributes, type ResourceSchema } from './scim/schema.ts';
import { badRequest, ScimError } from './scim/scim-error.ts';

/** The resources by which users have access to applications: an application's roles, and the grants of applications and roles. */
export type AppAccess = 'AppRole' | 'Grant';

const urns = {
  AppRole: 'urn:ietf:params:scim:schemas:oracle:idcs:AppRole',
  Grant: 'urn:ietf:params:scim:schemas:oracle:idcs:Grant',
} as const;
const newGrantSchema = z.looseObject({
  app: z.object({ value: z.string() }),
  entitlement: z.object({ attributeName: z.literal('appRoles'), attributeValue: z.string() }),
  grantee: z.object({ type: z.literal('User'), value: z.string() }),
});

/** Grants an app role to a user, as `POST /Grants` does (oci-identitydomains, Grant). Throws a ScimError. */
export function createGrant(world: World, body: unknown): Attributes {
  const given = newGrantSchema.safeParse(body);
  if (!given.success)
    throw badRequest(
      'error.common.validation.missingReqAttributes',
      'Missing required attribute(s): app, entitlement with attributeName appRoles, grantee of type User.',
    );
  const role = getAppAccess(world, 'AppRole', given.data.entitlement.attributeValue);
  const id = newId();
  saveGrant(world, { id, userId: getResource(world, 'User', given.data.grantee.value).id, roleId: String(role['id']) });
  return getAppAccess(world, 'Grant', id);
}

/** Keeps a grant. */
export function saveGrant(world: World, grant: { readonly id: string; readonly userId: string; readonly roleId: string }): void {
  world.database
    .prepare('INSERT INTO oci_grants (id, user_id, role_id, created) VALUES (?, ?, ?, ?)')
    .run(grant.id, grant.userId, grant.roleId, world.now());
}

/** One of them, or a ScimError with 404. */
export function getAppAccess(world: World, type: AppAccess, id: string): Attributes {
  const row = world.database.prepare(`${queries[type]} WHERE t.id = ?`).get(id);
  if (row === undefined)
    throw new ScimError({ status: 404, messageId: 'error.common.validation.resourceNotFound', detail: `${type} ${id} not found.` });
  return represent(world, type, row);
}

/** The ListResponse of those that match the filter, for example `grantee.value eq "…"`. Throws a ScimError. */
export function listAppAccess(world: World, type: AppAccess, filter: string | undefined): Attributes {
  const wanted = filter === undefined ? undefined : parseFilter(filter);
  const all = rowsFor(world, type, filter).map((row) => represent(world, type, row));
  const found = all.filter((one) => wanted === undefined || matchesFilter(schemas[type], one, wanted));
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: found.length,
    startIndex: 1,
    itemsPerPage: found.length,
    Resources: found,
  };
}

/** Deletes a grant; with an app role all grants of it. Throws a ScimError with 404 when there is none. */
export function deleteAppAccess(world: World, type: AppAccess, id: string): void {
  getAppAccess(world, type, id);
  world.database.prepare(type === 'Grant' ? 'DELETE FROM oci_grants WHERE id = ?' : 'DELETE FROM oci_grants WHERE role_id = ?').run(id);
  if (type === 'AppRole') world.database.prepare('DELETE FROM oci_app_roles WHERE id = ?').run(id);
}

/** A user's `grants` and `appRoles`, as the user extension lists them on request. */
export function readAppAccessOf(
  world: World,
  userId: string,
): { readonly grants: readonly Attributes[]; readonly appRoles: readonly Attributes[] } {
  const rows = world.database.prepare(`${queries.Grant} WHERE t.user_id = ? ORDER BY t.sequence`).all(userId);
  const at = (collection: string, id: unknown) => ({ value: id, $ref: `${world.urls.oci}/admin/v1/${collection}/${String(id)}` });
  return {
    grants: rows.map((row) => at('Grants', row['id'])),
    appRoles: rows.map((row) => ({ ...at('AppRoles', row['role_id']), display: row['display_name'], type: 'direct' })),
  };
}

const queries = {
  AppRole: 'SELECT t.* FROM oci_app_roles t',
  Grant: 'SELECT t.*, r.display_name, r.app_id, r.app_name FROM oci_grants t JOIN oci_app_roles r ON r.id = t.role_id',
} as const;

type Row = Readonly<Record<string, unknown>>;

// What a leaver's sweep asks for is looked up; any other filter is tried on all.
function rowsFor(world: World, type: AppAccess, filter: string | undefined): readonly Row[] {
  const [, userId] = /^\s*grantee\.value\s+eq\s+"([^"]*)"\s*$/i.exec(filter ?? '') ?? [];
  if (type === 'Grant' && userId !== undefined)
    return world.database.prepare(`${queries.Grant} WHERE t.user_id = ? ORDER BY t.sequence`).all(userId);
  return world.database.prepare(`${queries[type]} ORDER BY t.sequence`).all();
}

function represent(world: World, type: AppAccess, row: Row): Attributes {
  const at = (collection: string, id: unknown) => `${world.urls.oci}/admin/v1/${collection}/${String(id)}`;
  const meta = { resourceType: type, location: at(`${type}s`, row['id']) };
  const shared = { schemas: [urns[type]], id: row['id'], meta };
  const app = { value: row['app_id'], display: row['app_name'], $ref: at('Apps', row['app_id']) };
  if (type === 'AppRole')
    return {
      ...shared,
      displayName: row['display_name'],
      uniqueName: `${String(row['app_name'])}_${String(row['display_name'])}`,
      adminRole: row['admin'] === 1,
      app,
    };
  return {
    ...shared,
    meta: { ...meta, created: new Date(Number(row['created'])).toISOString() },
    grantMechanism: 'ADMINISTRATOR_TO_USER',
    isFulfilled: true,
    app,
    entitlement: { attributeName: 'appRoles', attributeValue: row['role_id'] },
    grantee: { value: row['user_id'], type: 'User', $ref: at('Users', row['user_id']) },
  };
}

const reference = (name: string) => complex(name, [text('value', { isCaseExact: true }), text('display'), text('type')]);
const schemas: Readonly<Record<AppAccess, ResourceSchema>> = {
  AppRole: schemaOf('AppRole', [text('displayName'), text('uniqueName'), flag('adminRole'), reference('app')]),
  Grant: schemaOf('Grant', [
    text('grantMechanism'),
    reference('app'),
    reference('grantee'),
    complex('entitlement', [text('attributeName'), text('attributeValue', { isCaseExact: true })]),
  ]),
};

function schemaOf(name: AppAccess, attributes: ResourceSchema['attributes']): ResourceSchema {
  return { name, urn: urns[name], attributes: [text('id', { isCaseExact: true }), ...attributes], extensions: {} };
}
