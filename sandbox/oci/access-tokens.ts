import { createHash, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { WireAnswer } from '../foundation/wire.ts';
import type { World } from '../foundation/world.ts';
import { isAssertionOf } from './client-assertion.ts';

const lifeSeconds = 3600;
const scope = 'urn:opc:idm:__myscopes__';
const client = 'gatehouse';
const basic = `Basic ${Buffer.from(`${client}:sandbox-oci-secret`).toString('base64')}`;
const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Creates the table of access tokens, which holds their digests only. */
export function prepareAccessTokens(database: DatabaseSync): void {
  database.exec('CREATE TABLE IF NOT EXISTS oci_tokens (digest TEXT PRIMARY KEY, expires_at INTEGER NOT NULL)');
}

/** Answers `POST /oauth2/v1/token`: client credentials with HTTP Basic authentication (RFC 6749 sections 2.3.1 and 4.4) or a client assertion (RFC 7523), scope `urn:opc:idm:__myscopes__`. */
export function answerTokenRequest(world: World, authorization: string | undefined, form: unknown): WireAnswer {
  const given = typeof form === 'object' && form !== null ? (form as Record<string, unknown>) : {};
  const { grant_type: grant, scope: asked } = given;
  if (authorization === undefined ? !isAsserted(world, given) : authorization !== basic) {
    return { ...refuse(401, 'invalid_client', 'Client authentication failed.'), headers: { 'WWW-Authenticate': 'Basic realm="oci"' } };
  }
  if (grant !== 'client_credentials') return refuse(400, 'unsupported_grant_type', 'The grant_type must be client_credentials.');
  if (asked !== scope) return refuse(400, 'invalid_scope', `The scope must be ${scope}.`);
  const token = randomBytes(48).toString('base64url');
  world.database.prepare('DELETE FROM oci_tokens WHERE expires_at < ?').run(Date.now());
  world.database.prepare('INSERT INTO oci_tokens VALUES (?, ?)').run(digest(token), Date.now() + lifeSeconds * 1000);
  world.rememberSecret('oci', 'accessToken', token);
  return {
    status: 200,
    headers: { 'Cache-Control': 'no-store' },
    body: { access_token: token, token_type: 'Bearer', expires_in: lifeSeconds },
  };
}

function isAsserted(world: World, form: Readonly<Record<string, unknown>>): boolean {
  return form['client_assertion_type'] === jwtBearer && isAssertionOf(world.database, client, form['client_assertion']);
}

/** Whether the Authorization header carries an access token of this domain that has not run out, by the wall clock. */
export function isAuthorized(world: World, authorization: string | undefined): boolean {
  const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) return false;
  return (
    world.database.prepare('SELECT 1 FROM oci_tokens WHERE digest = ? AND expires_at > ?').get(digest(token), Date.now()) !== undefined
  );
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function refuse(status: number, error: string, description: string): WireAnswer {
  return { status, body: { error, error_description: description } };
}
