import { createPublicKey, verify } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { badRequest } from './scim/scim-error.ts';

const audience = 'https://identity.oraclecloud.com/';
const headerSchema = z.object({ alg: z.literal('RS256'), kid: z.string() });
const claimsSchema = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  exp: z.number(),
  iat: z.number(),
});

/** Creates the table of the certificates that clients sign assertions with. */
export function prepareClientKeys(database: DatabaseSync): void {
  database.exec('CREATE TABLE IF NOT EXISTS oci_client_keys (alias TEXT PRIMARY KEY, public_key TEXT NOT NULL)');
}

/** Keeps the public key (PEM) of a certificate of the client under its alias, as an administrator does who uploads it. Throws a ScimError for what is no RSA key. */
export function addClientKey(database: DatabaseSync, alias: string, publicKey: string): void {
  if (!isRsaKey(publicKey)) throw badRequest('error.sandbox.invalidKey', 'publicKey must be an RSA public key in PEM.');
  database
    .prepare('INSERT INTO oci_client_keys VALUES (?, ?) ON CONFLICT (alias) DO UPDATE SET public_key = excluded.public_key')
    .run(alias, publicKey);
}

/**
 * Whether the assertion is the client's own (RFC 7523 section 3, https://docs.oracle.com/en-us/iaas/Content/Identity/api-getstarted/ClientAssertion.htm): signed with RS256 by the certificate that `kid` names,
 * issued by and about the client, for identity domains, and not run out by the wall clock.
 */
export function isAssertionOf(database: DatabaseSync, clientId: string, assertion: unknown): boolean {
  const [head = '', body = '', signature = ''] = typeof assertion === 'string' ? assertion.split('.') : [];
  const header = headerSchema.safeParse(decoded(head));
  const claims = claimsSchema.safeParse(decoded(body));
  if (!header.success || !claims.success) return false;
  const key = database.prepare('SELECT public_key FROM oci_client_keys WHERE alias = ?').get(header.data.kid);
  if (
    key === undefined ||
    !verify('sha256', Buffer.from(`${head}.${body}`), String(key['public_key']), Buffer.from(signature, 'base64url'))
  )
    return false;
  const { iss, sub, aud, exp, iat } = claims.data;
  const now = Date.now() / 1000;
  return iss === clientId && sub === clientId && [aud].flat().includes(audience) && exp > now && iat <= now + 60;
}

function decoded(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return undefined;
  }
}

function isRsaKey(pem: string): boolean {
  try {
    return createPublicKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}
