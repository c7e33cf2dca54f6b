import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { World } from '../foundation/world.ts';
import { getResource } from './resource-commands.ts';
import { newId } from './resource-store.ts';
import { parseFilter } from './scim/filter.ts';
import { matchesFilter } from './scim/match-filter.ts';
import { complex, text, type Attributes, type ResourceSchema } from './scim/schema.ts';
import { badRequest, ScimError } from './scim/scim-error.ts';
import type { credentialNames } from './scim/user-schema.ts';

/** A kind of credential that a user of OCI can hold: its resource name, its collection below `/admin/v1`, its name in the user's userCredentials
 * extension, and how many a user may have (https://docs.oracle.com/en-us/iaas/Content/General/service-limits/default.htm; none known: 10). */
export type CredentialKind = {
  readonly resource: string;
  readonly collection: string;
  readonly listedAs: (typeof credentialNames)[number];
  readonly most: number;
};

/** The six kinds. */
export const credentialKinds: readonly CredentialKind[] = [
  { resource: 'ApiKey', collection: 'ApiKeys', listedAs: 'apiKeys', most: 3 },
  { resource: 'AuthToken', collection: 'AuthTokens', listedAs: 'authTokens', most: 2 },
  { resource: 'CustomerSecretKey', collection: 'CustomerSecretKeys', listedAs: 'customerSecretKeys', most: 2 },
  { resource: 'SmtpCredential', collection: 'SmtpCredentials', listedAs: 'smtpCredentials', most: 2 },
  { resource: 'OAuth2ClientCredential', collection: 'OAuth2ClientCredentials', listedAs: 'oAuth2ClientCredentials', most: 10 },
  { resource: 'UserDbCredential', collection: 'UserDbCredentials', listedAs: 'dbCredentials', most: 10 },
];

const newCredentialSchema = z.looseObject({ user: z.object({ value: z.string() }), description: z.string().optional() });

/** Creates a credential; the secret is in the answer only, as `secret` (the real collections name it each in its own way). Throws a ScimError. */
export function createCredential(world: World, kind: CredentialKind, body: unknown): Attributes {
  const given = newCredentialSchema.safeParse(body);
  if (!given.success) throw badRequest('error.common.validation.missingReqAttributes', 'Missing required attribute(s): user.value.');
  const userId = getResource(world, 'User', given.data.user.value).id;
  const held = world.database
    .prepare('SELECT COUNT(*) AS n FROM oci_credentials WHERE user_id = ? AND kind = ?')
    .get(userId, kind.resource);
  if (Number(held?.['n']) >= kind.most)
    throw badRequest('error.sandbox.tooManyCredentials', `A user can have ${kind.most} of ${kind.collection}.`);
  const id = newId();
  const secret = randomBytes(24).toString('base64url');
  world.rememberSecret('oci', kind.resource, secret);
  world.database
    .prepare('INSERT INTO oci_credentials (id, kind, user_id, description, created) VALUES (?, ?, ?, ?, ?)')
    .run(id, kind.resource, userId, given.data.description ?? null, world.now());
  return { ...getCredential(world, kind, id), secret };
}

/** The credential without its secret, or a ScimError with 404. */
export function getCredential(world: World, kind: CredentialKind, id: string): Attributes {
  const row = world.database.prepare('SELECT * FROM oci_credentials WHERE kind = ? AND id = ?').get(kind.resource, id);
  if (row === undefined)
    throw new ScimError({
      status: 404,
      messageId: 'error.common.validation.resourceNotFound',
      detail: `${kind.resource} ${id} not found.`,
    });
  return represent(kind, row);
}

/** The ListResponse of one kind, of those that match the filter (for example `user.value eq "…"`). Throws a ScimError. */
export function listCredentials(world: World, kind: CredentialKind, filter: string | undefined): Attributes {
  const rows = world.database.prepare('SELECT * FROM oci_credentials WHERE kind = ? ORDER BY sequence').all(kind.resource);
  const wanted = filter === undefined ? undefined : parseFilter(filter);
  const found = rows.map((row) => represent(kind, row)).filter((one) => wanted === undefined || matchesFilter(schemaOf(kind), one, wanted));
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: found.length,
    startIndex: 1,
    itemsPerPage: found.length,
    Resources: found,
  };
}

/** Deletes the credential. Throws a ScimError with 404 when there is none. */
export function deleteCredential(world: World, kind: CredentialKind, id: string): void {
  getCredential(world, kind, id);
  world.database.prepare('DELETE FROM oci_credentials WHERE id = ?').run(id);
}

/** A user's credentials of all kinds, as the userCredentials extension lists them. */
export function readCredentialsOf(world: World, userId: string): Attributes {
  const rows = world.database.prepare('SELECT id, kind FROM oci_credentials WHERE user_id = ? ORDER BY sequence').all(userId);
  const lists = credentialKinds.map(({ resource, collection, listedAs }) => {
    const ids = rows.filter((row) => row['kind'] === resource).map((row) => String(row['id']));
    return [listedAs, ids.map((value) => ({ value, $ref: `${world.urls.oci}/admin/v1/${collection}/${value}` }))] as const;
  });
  return Object.fromEntries(lists.filter(([, held]) => held.length > 0));
}

function schemaOf({ resource }: CredentialKind): ResourceSchema {
  const attributes = [text('id', { isCaseExact: true }), text('description'), complex('user', [text('value', { isCaseExact: true })])];
  return { name: resource, urn: urnOf(resource), attributes, extensions: {} };
}

function urnOf(resource: string): string {
  return `urn:ietf:params:scim:schemas:oracle:idcs:${resource.charAt(0).toLowerCase()}${resource.slice(1)}`;
}

function represent({ resource }: CredentialKind, row: Readonly<Record<string, unknown>>): Attributes {
  return {
    schemas: [urnOf(resource)],
    id: String(row['id']),
    ...(typeof row['description'] === 'string' ? { description: row['description'] } : {}),
    user: { value: String(row['user_id']) },
    meta: { resourceType: resource, created: new Date(Number(row['created'])).toISOString() },
  };
}
