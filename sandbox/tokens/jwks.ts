import type { JSONWebKeySet } from 'jose';
import type { World } from '../foundation/world.ts';
import { signingKey } from './signing-key.ts';

/** The tenant's public keys, as `/{tenant}/discovery/v2.0/keys` publishes them (RFC 7517 section 5). */
export async function jwks(world: World): Promise<JSONWebKeySet> {
  const { publicJwk } = await signingKey(world);
  return { keys: [publicJwk] };
}
