import { createAzurePassword } from '../../shared/connectors/http/azure-password.ts';
import { inheritLeases } from '../../shared/gate/inherit-leases.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Registry } from '../../shared/ports/registry/registry.ts';
import { openRegistry } from '../../shared/registry/open-registry.ts';
import { registryFolder, type Settings } from '../settings/settings.ts';

// https://learn.microsoft.com/azure/postgresql/flexible-server/how-to-configure-sign-in-azure-ad-authentication: a token for this resource is the password.
const scope = 'https://ossrdbms-aad.database.windows.net/.default';

/** The registry that the settings name. An embedded one has one process, so that whoever held a lease in it is gone. */
export async function openOwnRegistry(settings: Settings, clock: Clock): Promise<Registry> {
  const { database, identityClientId } = settings;
  if (database !== undefined) {
    const { url, poolSize, caFile, login } = database;
    const password = createAzurePassword({ scope, managedIdentityClientId: identityClientId });
    return openRegistry({ url, poolSize, caFile, ...(login === 'identity' ? { password } : {}) });
  }
  const registry = await openRegistry({ folder: registryFolder(settings) });
  await inheritLeases({ registry, clock });
  return registry;
}
