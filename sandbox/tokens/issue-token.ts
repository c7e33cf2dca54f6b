import { createHash } from 'node:crypto';
import { SignJWT } from 'jose';
import { companyOf } from '../company/company-of.ts';
import type { World } from '../foundation/world.ts';
import { apiScope, graphClient, rolesOf, type ApiClient } from './clients.ts';
import { signingKey } from './signing-key.ts';
import { tenant } from './tenant.ts';

/** An access token, and its life in seconds. */
export type IssuedToken = { readonly token: string; readonly expiresIn: number };

/** Audience of the tokens for Graph. */
export const graphAudience = 'https://graph.microsoft.com';

const hour = 3600;

/** Issuer of the tenant's tokens: `{graph url}/{tenant}/v2.0`. */
export function issuerOf(world: World): string {
  return `${world.urls.graph}/${tenant.id}/v2.0`;
}

/** A token for Gatehouse's own API with the roles of the client. Lives 1 hour; the operator's 24 hours, as it is kept for the command line. */
export function issueApiToken(world: World, client: ApiClient): Promise<IssuedToken> {
  return issueToken(world, {
    client,
    audience: apiScope.audience,
    roles: rolesOf(client),
    expiresIn: client === 'operator' ? 24 * hour : hour,
  });
}

/** A token for Gatehouse's own API in the name of somebody of the company, with no role. Lives 1 hour. */
export function issueUserToken(world: World, userPrincipalName: string): Promise<IssuedToken> {
  const person = companyOf(world).inHr.find((one) => one.userPrincipalName === userPrincipalName);
  const objectId = person === undefined ? {} : { objectId: person.entraId };
  return issueToken(world, { client: userPrincipalName, audience: apiScope.audience, roles: [], expiresIn: hour, ...objectId });
}

/** A token for Graph for an application, Gatehouse's where none is named. Lives 1 hour. */
export function issueGraphToken(world: World, client: string = graphClient.id): Promise<IssuedToken> {
  return issueToken(world, { client, audience: graphAudience, roles: [], expiresIn: hour });
}

type TokenOrder = {
  readonly client: string;
  readonly audience: string;
  readonly roles: readonly string[];
  readonly expiresIn: number;
  readonly objectId?: string;
};

// Claims of an app-only v2.0 access token: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
// In wall time, whatever the world's offset: those who check tokens have no other clock.
async function issueToken(world: World, order: TokenOrder): Promise<IssuedToken> {
  const { privateKey, kid } = await signingKey(world);
  const now = Math.floor(Date.now() / 1000);
  const subject = order.objectId ?? objectIdOf(order.client);
  const claims = {
    tid: tenant.id,
    azp: order.client,
    appid: order.client,
    azpacr: '1',
    idtyp: order.objectId === undefined ? 'app' : 'user',
    oid: subject,
    ver: '2.0',
    roles: [...order.roles],
  };
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid })
    .setIssuer(issuerOf(world))
    .setAudience(order.audience)
    .setSubject(subject)
    .setIssuedAt(now)
    .setNotBefore(now)
    .setExpirationTime(now + order.expiresIn)
    .sign(privateKey);
  return { token, expiresIn: order.expiresIn };
}

/** Object id of the client's service principal, the same in every world. */
function objectIdOf(client: string): string {
  const hex = createHash('sha256').update(client).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
