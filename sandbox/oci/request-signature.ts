import { createHash, verify } from 'node:crypto';
import type { World } from '../foundation/world.ts';
import { readAppAccessOf } from './app-access.ts';
import { findApiKey } from './credentials.ts';
import { findResource } from './resource-store.ts';
import type { Attributes } from './scim/schema.ts';
import { userUrn } from './scim/user-schema.ts';

/** A request as it came: path and query unchanged, the body as its text. */
export type SignedRequest = {
  readonly method: string;
  readonly path: string;
  readonly header: (name: string) => string | undefined;
  readonly body: string;
};

/** What a signature shows: an administrator of the domain, a user who is none, or nobody. */
export type Signer = 'administrator' | 'user' | 'nobody';

const allowedSkewMs = 5 * 60_000;
const always = ['(request-target)', 'host'];
const withBody = ['content-length', 'content-type', 'x-content-sha256'];

/**
 * Who signed the request (https://docs.oracle.com/en-us/iaas/Content/API/Concepts/signingrequests.htm, version 1): the key is one of the user's API keys, the user is active and may use API keys. An
 * administrator is who holds an administrator's role in any application. The date is compared with the wall clock.
 */
export function signerOf(world: World, request: SignedRequest): Signer {
  const given = readHeader(request.header('authorization'));
  if (given === undefined || given.version !== '1' || given.algorithm !== 'rsa-sha256' || !isComplete(request, given.headers))
    return 'nobody';
  const [, user = '', fingerprint = ''] = given.keyId.split('/');
  const userId = user.slice(-32);
  const key = mayUseApiKeys(world, userId) ? findApiKey(world, userId, fingerprint) : undefined;
  const text = Buffer.from(given.headers.map((name) => lineOf(name, request)).join('\n'));
  if (key === undefined || !verify('sha256', text, key, Buffer.from(given.signature, 'base64'))) return 'nobody';
  return isAdministrator(world, userId) ? 'administrator' : 'user';
}

type Given = {
  readonly version: string;
  readonly keyId: string;
  readonly algorithm: string;
  readonly headers: readonly string[];
  readonly signature: string;
};

function readHeader(authorization: string | undefined): Given | undefined {
  const [, rest] = /^Signature (.+)$/.exec(authorization ?? '') ?? [];
  if (rest === undefined) return undefined;
  const field = (name: string) => new RegExp(`(?:^|,)${name}="([^"]*)"`).exec(rest)?.[1] ?? '';
  const headers = field('headers').toLowerCase().split(' ');
  return { version: field('version'), keyId: field('keyId'), algorithm: field('algorithm'), headers, signature: field('signature') };
}

/** The date, the target and the host are signed, of a request with a body that too; the date is near, and the body the one that was signed. */
function isComplete({ method, header, body }: SignedRequest, headers: readonly string[]): boolean {
  const isDated = headers.includes('date') || headers.includes('x-date');
  const needed = ['POST', 'PUT', 'PATCH'].includes(method) ? [...always, ...withBody] : always;
  const skew = Math.abs(Date.now() - Date.parse(header('x-date') ?? header('date') ?? ''));
  const digest = header('x-content-sha256');
  const isBodySigned = digest === undefined || digest === createHash('sha256').update(body).digest('base64');
  return isDated && skew <= allowedSkewMs && isBodySigned && needed.every((name) => headers.includes(name));
}

function lineOf(name: string, { method, path, header }: SignedRequest): string {
  return name === '(request-target)' ? `(request-target): ${method.toLowerCase()} ${path}` : `${name}: ${header(name) ?? ''}`;
}

function mayUseApiKeys(world: World, userId: string): boolean {
  const user = findResource(world.database, 'User', userId)?.attributes;
  const capabilities = user?.[userUrn.capabilities] as Attributes | undefined;
  return user?.['active'] === true && capabilities?.['canUseApiKeys'] !== false;
}

function isAdministrator(world: World, userId: string): boolean {
  const held = new Set(readAppAccessOf(world, userId).appRoles.map(({ value }) => String(value)));
  const roles = world.database.prepare('SELECT id FROM oci_app_roles WHERE admin = 1').all();
  return roles.some(({ id }) => held.has(String(id)));
}
