import type { TokenCredential } from '@azure/identity';
import { GatehouseError } from '../../errors.ts';
import type { TokenSource } from '../../ports/token-source.ts';
import { machinePace } from './pace.ts';
import type { Clock } from '../../ports/clock.ts';
import { createSharedToken } from './shared-token.ts';

/** `managedIdentityClientId` chooses a user-assigned identity; without it the usual chain is tried (environment, workload, managed identity, developer tools). */
export type AzureTokens = { readonly scope: string; readonly managedIdentityClientId?: string };

/**
 * Tokens of the identity that the process runs under, by `@azure/identity` (https://learn.microsoft.com/azure/developer/javascript/sdk/authentication). `clock` is the wall
 * clock, since Entra states an expiry by it.
 */
export function createAzureTokenSource(settings: AzureTokens, clock: Clock): TokenSource {
  const { managedIdentityClientId: clientId, scope } = settings;
  let credential: TokenCredential | undefined;
  return createSharedToken(async (abortSignal) => {
    credential ??= await azureCredential(clientId);
    const token = await credential.getToken(scope, { abortSignal }).catch((error: unknown) => refused(scope, error));
    if (token === null) return refused(scope);
    return { token: token.token, lifetimeMs: token.expiresOnTimestamp - clock.now() };
  }, machinePace);
}

// The library is loaded on demand: whoever has a secret for every system has no use for it.
async function azureCredential(clientId: string | undefined): Promise<TokenCredential> {
  const { DefaultAzureCredential, ManagedIdentityCredential } = await import('@azure/identity');
  return clientId === undefined ? new DefaultAzureCredential() : new ManagedIdentityCredential({ clientId });
}

function refused(scope: string, cause?: unknown): never {
  const message = `No token for ${scope} could be had from the Azure identity. Check that the app has a managed identity and is allowed to use it.`;
  throw new GatehouseError('target-unreachable', message, { cause });
}
