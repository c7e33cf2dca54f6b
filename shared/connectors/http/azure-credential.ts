import type { TokenCredential } from '@azure/identity';
import { GatehouseError } from '../../errors.ts';

/** Where a token counts, and as whom to ask for it: a client id chooses a user-assigned managed identity; without it the usual chain is tried (environment, workload, managed identity, developer tools). */
export type AzureTokens = { readonly scope: string; readonly managedIdentityClientId?: string | undefined };

/**
 * The identity that the process runs under, by `@azure/identity` (https://learn.microsoft.com/azure/developer/javascript/sdk/authentication). The library is loaded on demand: whoever has a secret for
 * every system has no use for it.
 */
export async function azureCredential(managedIdentityClientId: string | undefined): Promise<TokenCredential> {
  const { DefaultAzureCredential, ManagedIdentityCredential } = await import('@azure/identity');
  return managedIdentityClientId === undefined
    ? new DefaultAzureCredential()
    : new ManagedIdentityCredential({ clientId: managedIdentityClientId });
}

/** One token. Throws `target-unreachable` with what to check where none can be had. */
export async function azureToken(credential: TokenCredential, scope: string, abortSignal: AbortSignal) {
  const token = await credential.getToken(scope, { abortSignal }).catch((error: unknown) => refused(scope, error));
  return token ?? refused(scope);
}

function refused(scope: string, cause?: unknown): never {
  const message = `No token for ${scope} could be had from the Azure identity. Check that the app has a managed identity and is allowed to use it.`;
  throw new GatehouseError('target-unreachable', message, { cause });
}
