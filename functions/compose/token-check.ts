import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { GatehouseError } from '../../shared/errors.ts';
import type { Settings } from '../settings/settings.ts';

export type Role = 'reader' | 'operator' | 'approver' | 'config' | 'admin';

/** Who calls: the token's subject, and what it may do. `oid` is the caller's own object id in the tenant. */
export type Caller = { readonly actor: string; readonly oid: string | undefined; readonly roles: ReadonlySet<string> };

/** Checks a bearer token: signature, issuer, audience, tenant and time. Throws `unauthenticated` with what to do about it. */
export type Authenticate = (token: string | undefined) => Promise<Caller>;

const claims = z.object({ tid: z.string(), sub: z.string(), oid: z.string().optional(), roles: z.array(z.string()).default([]) });

export function tokenCheck(settings: Settings): Authenticate {
  const base = settings.tokenIssuer.replace(/\/v2\.0\/?$/, '');
  const keys = createRemoteJWKSet(new URL(`${base}/discovery/v2.0/keys`));
  return async (token) => {
    if (token === undefined || token === '')
      throw new GatehouseError(
        'unauthenticated',
        'This route needs a token: send “Authorization: Bearer …”. Locally it is in .gatehouse/token.',
      );
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: settings.tokenIssuer,
        audience: settings.tokenAudience,
        algorithms: ['RS256'],
        requiredClaims: ['exp'],
      });
      const { tid, sub, oid, roles } = claims.parse(payload);
      if (tid !== settings.tenant) throw new GatehouseError('unauthenticated', 'The token is of another tenant.');
      return { actor: `token:${sub}`, oid, roles: new Set(roles) };
    } catch (error) {
      throw refused(error);
    }
  };
}

function refused(error: unknown): GatehouseError {
  if (error instanceof GatehouseError) return error;
  if (error instanceof errors.JWTExpired)
    return new GatehouseError('unauthenticated', 'The token has expired: get a new one.', { cause: error });
  if (error instanceof errors.JOSEError || error instanceof z.ZodError) {
    return new GatehouseError('unauthenticated', 'The token is not one for this API: check its issuer, audience and signature.', {
      cause: error,
    });
  }
  return new GatehouseError('target-unreachable', 'The keys to check tokens with cannot be fetched now. Try again.', { cause: error });
}
