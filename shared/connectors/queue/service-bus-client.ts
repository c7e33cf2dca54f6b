import type { ServiceBusClient } from '@azure/service-bus';
import { GatehouseError } from '../../errors.ts';
import { azureCredential } from '../http/azure-credential.ts';

/** A connection string (embedded, emulator), or a namespace such as `contoso.servicebus.windows.net`, where the process signs in as itself. */
export type ServiceBusSettings =
  | { readonly connectionString: string }
  | { readonly fullyQualifiedNamespace: string; readonly managedIdentityClientId: string | undefined };

/** A client of the namespace; it connects with the first use. The library is loaded on demand: the first answer of a process does not wait for it. */
export async function serviceBusClient(settings: ServiceBusSettings): Promise<ServiceBusClient> {
  const { ServiceBusClient: Client } = await import('@azure/service-bus');
  if ('connectionString' in settings) return new Client(settings.connectionString);
  return new Client(settings.fullyQualifiedNamespace, await azureCredential(settings.managedIdentityClientId));
}

/** What the client threw, as `target-unreachable` with its words. */
export function queueTrouble(what: string, error: unknown): GatehouseError {
  const why = error instanceof Error ? error.message : 'no reason given';
  return new GatehouseError('target-unreachable', `${what}: ${why}`, { cause: error });
}
