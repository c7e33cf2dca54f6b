import { join } from 'node:path';
import type { Clock } from '../clock/clock.ts';
import type { SyncMode } from '../data/sync-mode.ts';
import { HostError } from '../host-error.ts';
import { isPortBusy } from '../is-port-busy.ts';
import { messageOf } from '../message-of.ts';
import type { NamespaceDefinition } from '../servicebus/definition/topic-definition.ts';

/** The setting that holds the connection string of the app's queues and topics. */
const CONNECTION_SETTING = 'GATEHOUSE_SERVICEBUS';

const DEFAULT_PORT = 7075;

/** The host's own queue endpoint. */
export type QueueEndpoint = { readonly port: number; isIdle(): boolean; stop(): Promise<void> };

/** What the endpoint is started with; `requestedPort` goes before the setting; with `none` no endpoint is started. */
export type QueueEndpointOptions = {
  readonly namespace: NamespaceDefinition | undefined;
  readonly dataFolder: string;
  readonly requestedPort: number | 'none' | undefined;
  readonly clock: Clock;
  /** What an acknowledged message survives; `normal` by default. */
  readonly sync?: SyncMode | undefined;
};

/**
 * Starts the Service Bus endpoint of the host where the app has servicebus.json and GATEHOUSE_SERVICEBUS is unset
 * or points to this machine, and puts its connection string into that setting. A real namespace in the setting is
 * left alone, and so is any with `none`: then there is no endpoint, `undefined`.
 * Throws `HostError` that names the setting where the port is busy.
 */
export async function startQueueEndpoint({
  namespace,
  dataFolder,
  requestedPort,
  clock,
  sync,
}: QueueEndpointOptions): Promise<QueueEndpoint | undefined> {
  const known = localEndpoint(process.env[CONNECTION_SETTING]);
  if (!namespace || requestedPort === 'none' || (known === 'elsewhere' && requestedPort === undefined)) return undefined;
  const port = requestedPort ?? (typeof known === 'number' ? known : DEFAULT_PORT);
  // Loaded on demand: an app without queues has no use for an AMQP stack.
  const { startServiceBus } = await import('../servicebus/start-service-bus.ts');
  try {
    const endpoint = await startServiceBus({ port, databasePath: join(dataFolder, 'servicebus.sqlite'), clock, sync, ...namespace });
    process.env[CONNECTION_SETTING] = connectionString(endpoint.port);
    return endpoint;
  } catch (error) {
    if (error instanceof HostError) throw error;
    if (isPortBusy(error))
      throw new HostError(
        `Port ${port} of the Service Bus endpoint is in use. Stop what listens there, or set the port in ${CONNECTION_SETTING} (or --servicebus-port) to a free one.`,
      );
    throw new HostError(`The Service Bus endpoint on port ${port} could not start: ${messageOf(error)}`);
  }
}

/** A connection string of the local endpoint, in the form of the emulator (https://learn.microsoft.com/azure/service-bus-messaging/test-locally-with-service-bus-emulator). */
function connectionString(port: number): string {
  return `Endpoint=sb://127.0.0.1:${port};SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true`;
}

/** The port of a connection string to this machine, `elsewhere` for any other, `undefined` where there is none. */
function localEndpoint(connection: string | undefined): number | 'elsewhere' | undefined {
  if (!connection) return undefined;
  const found = /(?:^|;)\s*Endpoint=sb:\/\/(?:127\.0\.0\.1|localhost)(?::(\d+))?\/?\s*(?:;|$)/i.exec(connection);
  return found ? Number(found[1] ?? 5672) : 'elsewhere';
}
