import { z } from 'zod';
import type { World } from '../foundation/world.ts';
import { credentialKinds, type CredentialKind } from './credential-kinds.ts';
import { getResource } from './resource-commands.ts';
import { newId } from './resource-store.ts';
import { parseFilter } from './scim/filter.ts';
import { matchesFilter } from './scim/match-filter.ts';
import { complex, text, type Attributes, type ResourceSchema } from './scim/schema.ts';
import { badRequest, ScimError } from './scim/scim-error.ts';

const newCredentialSchema = z.looseObject({ user: z.object({ value: z.string() }), description: z.string().optional() });

/** Creates a credential; its secret is in the answer only. Throws a ScimError. */
export function createCredential(world: World, kind: CredentialKind, body: unknown): Attributes {
  const given = newCredentialSchema.safeParse(body);
  const missing = Object.keys(kind.needs).filter((name) => given.data?.[name] === undefined);
  if (!given.success || missing.length > 0) {
    const names = [...(given.success ? [] : ['user.value']), ...missing];
    throw badRequest('error.common.validation.missingReqAttributes', `Missing required attribute(s): ${names.join(',')}.`);
  }
  const userId = getResource(world, 'User', given.data.user.value).id;
  const held = world.database
    .prepare('SELECT COUNT(*) AS n FROM oci_credentials WHERE user_id = ? AND kind = ?')
    .get(userId, kind.resource);
  if (Number(held?.['n']) >= kind.most)
    throw badRequest('error.sandbox.tooManyCredentials', `A user can have ${kind.most} of ${kind.collection}.`);
  const id = newId();
  const { shown, secret } = kind.make(given.data);
  for (const value of Object.values(secret)) world.rememberSecret('oci', kind.resource, String(value));
  world.database
    .prepare('INSERT INTO oci_credentials (id, kind, user_id, description, created) VALUES (?, ?, ?, ?, ?)')
    .run(id, kind.resource, userId, given.data.description ?? null, world.now());
  world.database.prepare('INSERT INTO oci_credential_values (id, attributes) VALUES (?, ?)').run(id, JSON.stringify(shown));
  return { ...getCredential(world, kind, id), ...secret };
}

/** The public key (PEM) of a user's API key by its fingerprint; undefined where there is none. */
export function findApiKey(world: World, userId: string, fingerprint: string): string | undefined {
  const rows = world.database.prepare(`${selection} WHERE c.kind = 'ApiKey' AND c.user_id = ?`).all(userId);
  const found = rows.map(valuesOf).find((values) => values['fingerprint'] === fingerprint);
  return found === undefined ? undefined : String(found['key']);
}

/** The credential without its secret, or a ScimError with 404. */
export function getCredential(world: World, kind: CredentialKind, id: string): Attributes {
  const row = world.database.prepare(`${selection} WHERE c.kind = ? AND c.id = ?`).get(kind.resource, id);
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
  const rows = world.database.prepare(`${selection} WHERE c.kind = ? ORDER BY c.sequence`).all(kind.resource);
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
  world.database.prepare('DELETE FROM oci_credential_values WHERE id = ?').run(id);
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

const selection = 'SELECT c.*, v.attributes FROM oci_credentials c LEFT JOIN oci_credential_values v ON v.id = c.id';

function schemaOf({ resource, urn }: CredentialKind): ResourceSchema {
  const attributes = [
    ...['id', 'fingerprint'].map((name) => text(name, { isCaseExact: true })),
    ...['description', 'status', 'displayName', 'name', 'userName'].map((name) => text(name)),
    complex('user', [text('value', { isCaseExact: true })]),
  ];
  return { name: resource, urn, attributes, extensions: {} };
}

// What was there on the first morning has no values of its own.
function valuesOf(row: Readonly<Record<string, unknown>>): Attributes {
  return typeof row['attributes'] === 'string' ? (JSON.parse(row['attributes']) as Attributes) : { status: 'ACTIVE' };
}

function represent({ resource, urn }: CredentialKind, row: Readonly<Record<string, unknown>>): Attributes {
  return {
    schemas: [urn],
    id: String(row['id']),
    ...(typeof row['description'] === 'string' ? { description: row['description'] } : {}),
    ...valuesOf(row),
    user: { value: String(row['user_id']) },
    meta: { resourceType: resource, created: new Date(Number(row['created'])).toISOString() },
  };
}
