import { DefaultAzureCredential } from '@azure/identity';
import { ServiceBusClient } from '@azure/service-bus';
import { GatehouseError } from '../../errors.ts';

/** A connection string (embedded, emulator), or a namespace such as `contoso.servicebus.windows.net`, where the process signs in as itself. */
export type ServiceBusSettings = { readonly connectionString: string } | { readonly fullyQualifiedNamespace: string };

/** A client of the namespace; it connects with the first use. */
export function serviceBusClient(settings: ServiceBusSettings): ServiceBusClient {
  if ('connectionString' in settings) return new ServiceBusClient(settings.connectionString);
  return new ServiceBusClient(settings.fullyQualifiedNamespace, new DefaultAzureCredential());
}

/** What the client threw, as `target-unreachable` with its words. */
export function queueTrouble(what: string, error: unknown): GatehouseError {
  const why = error instanceof Error ? error.message : 'no reason given';
  return new GatehouseError('target-unreachable', `${what}: ${why}`, { cause: error });
}
