import { GatehouseError } from '../../errors.ts';
import type { ControllerReader } from '../../ports/readers/controllers.ts';
import { isEnabled } from './ad-account.ts';
import type { LdapDirectory } from './ldap-directory.ts';

/** A controller under the name that people know it by, host and port. */
export type AdController = { readonly name: string; readonly directory: LdapDirectory };

// A controller that is away must not hold up what is said of the others.
const longestLookMs = 3_000;

/** Reads `userAccountControl` on every controller at once. One that cannot be reached within three seconds shows null; one that does not have the account lets nobody in with it. */
export function createControllerReader(controllers: readonly AdController[]): ControllerReader {
  return {
    views: (accountId, signal) =>
      Promise.all(
        controllers.map(async ({ name, directory }) => ({ controller: name, enabled: await enabledAt(directory, accountId, signal) })),
      ),
  };
}

async function enabledAt(directory: LdapDirectory, accountId: string, signal: AbortSignal): Promise<boolean | null> {
  try {
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(longestLookMs)]);
    const entry = await directory.object(accountId, ['userAccountControl'], bounded);
    return entry !== undefined && isEnabled(entry);
  } catch (error) {
    if (error instanceof GatehouseError) return null;
    throw error;
  }
}
