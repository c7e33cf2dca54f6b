import { DefaultAzureCredential, ManagedIdentityCredential } from '@azure/identity';
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
  const credential = clientId === undefined ? new DefaultAzureCredential() : new ManagedIdentityCredential({ clientId });
  return createSharedToken(async (abortSignal) => {
    try {
      const { token, expiresOnTimestamp } = await credential.getToken(scope, { abortSignal });
      return { token, lifetimeMs: expiresOnTimestamp - clock.now() };
    } catch (error) {
      const message = `No token for ${scope} could be had from the Azure identity. Check that the app has a managed identity and is allowed to use it.`;
      throw new GatehouseError('target-unreachable', message, { cause: error });
    }
  }, machinePace);
}
