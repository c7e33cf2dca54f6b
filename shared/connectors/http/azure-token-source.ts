import type { TokenCredential } from '@azure/identity';
import type { Clock } from '../../ports/clock.ts';
import type { TokenSource } from '../../ports/token-source.ts';
import { azureCredential, azureToken, type AzureTokens } from './azure-credential.ts';
import { machinePace } from './pace.ts';
import { createSharedToken } from './shared-token.ts';

/** Tokens of the identity that the process runs under. `clock` is the wall clock, since Entra states an expiry by it. */
export function createAzureTokenSource({ scope, managedIdentityClientId }: AzureTokens, clock: Clock): TokenSource {
  let credential: TokenCredential | undefined;
  return createSharedToken(async (abortSignal) => {
    credential ??= await azureCredential(managedIdentityClientId);
    const { token, expiresOnTimestamp } = await azureToken(credential, scope, abortSignal);
    return { token, lifetimeMs: expiresOnTimestamp - clock.now() };
  }, machinePace);
}
