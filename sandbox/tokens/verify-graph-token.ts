import { errors, jwtVerify } from 'jose';
import type { World } from '../foundation/world.ts';
import { graphAudience } from './issue-token.ts';
import { signingKey } from './signing-key.ts';

/** Whether the bearer token (without the word `Bearer`) is one that this tenant issued for Graph and that has not run out, by the wall clock. */
export async function verifyGraphToken(world: World, bearer: string): Promise<boolean> {
  const { publicKey } = await signingKey(world);
  try {
    await jwtVerify(bearer, publicKey, { audience: graphAudience, algorithms: ['RS256'] });
    return true;
  } catch (error) {
    if (error instanceof errors.JOSEError) return false;
    throw error;
  }
}
