import { errors, jwtVerify } from 'jose';
import type { World } from '../foundation/world.ts';
import { graphAudience } from './issue-token.ts';
import { signingKey } from './signing-key.ts';

/** The application that the bearer token (without the word `Bearer`) is of; undefined where this tenant did not issue it for Graph, or it has run out by the wall clock. */
export async function verifyGraphToken(world: World, bearer: string): Promise<string | undefined> {
  const { publicKey } = await signingKey(world);
  try {
    const { payload } = await jwtVerify(bearer, publicKey, { audience: graphAudience, algorithms: ['RS256'] });
    return String(payload['appid']);
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}
