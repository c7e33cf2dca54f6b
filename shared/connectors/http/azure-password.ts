import type { TokenCredential } from '@azure/identity';
import { azureCredential, azureToken, type AzureTokens } from './azure-credential.ts';

const patienceMs = 10_000;

/**
 * What stands in the place of a password where a system takes Entra tokens for one. Each call asks the library anew: it keeps a token until shortly before it expires, so that none is handed out
 * that would run out on its way.
 */
export function createAzurePassword({ scope, managedIdentityClientId }: AzureTokens): () => Promise<string> {
  let credential: TokenCredential | undefined;
  return async () => {
    credential ??= await azureCredential(managedIdentityClientId);
    return (await azureToken(credential, scope, AbortSignal.timeout(patienceMs))).token;
  };
}
