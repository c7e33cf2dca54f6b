import { ServiceBusClient } from '@azure/service-bus';
import type { ServiceBusClientOptions, ServiceBusReceivedMessage, ServiceBusReceiver } from '@azure/service-bus';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WallClock } from '../../../host/clock/wall-clock.ts';
import { startServiceBus } from '../../../host/servicebus/start-service-bus.ts';
import type { ServiceBusEndpoint, ServiceBusOptions } from '../../../host/servicebus/start-service-bus.ts';

/** A running endpoint on a file of its own, and what connects real clients to it. Disposing of it ends everything. */
export interface ServiceBusFixture extends AsyncDisposable {
  readonly endpoint: ServiceBusEndpoint;
  readonly client: ServiceBusClient;
  /** What the endpoint reported to its owner. */
  readonly problems: readonly string[];
  connect(options?: ServiceBusClientOptions): ServiceBusClient;
}

/** Starts an endpoint with these queues and topics, and this clock, and connects a client to it. */
export async function serviceBus(
  queues: ServiceBusOptions['queues'],
  now: () => number = Date.now,
  topics: ServiceBusOptions['topics'] = [],
): Promise<ServiceBusFixture> {
  const folder = mkdtempSync(join(tmpdir(), 'service-bus-'));
  const problems: string[] = [];
  const onProblem = (problem: Error): void => void problems.push(problem.message);
  const endpoint = await startServiceBus({
    port: 0,
    databasePath: join(folder, 'bus.sqlite'),
    queues,
    topics,
    clock: new WallClock(now),
    onProblem,
  });
  const clients: ServiceBusClient[] = [];
  const connect = (options?: ServiceBusClientOptions): ServiceBusClient => {
    const client = clientOf(endpoint.port, options);
    clients.push(client);
    return client;
  };
  return {
    endpoint,
    problems,
    client: connect(),
    connect,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(clients.map((client) => client.close()));
      await endpoint.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** A clock that a test sets forward. */
export function clock(): { readonly now: () => number; forward(ms: number): void } {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    forward: (ms) => {
      offset += ms;
    },
  };
}

/** A real client of an endpoint that gives up after its first attempt. */
export function clientOf(port: number, options: ServiceBusClientOptions = {}): ServiceBusClient {
  const connection = `Endpoint=sb://127.0.0.1:${port};SharedAccessKeyName=any;SharedAccessKey=bm9uZQ==;UseDevelopmentEmulator=true;`;
  return new ServiceBusClient(connection, { retryOptions: { maxRetries: 0, timeoutInMs: 15_000 }, ...options });
}

/** The next message; fails when none comes within ten seconds. */
export async function receiveOne(receiver: ServiceBusReceiver): Promise<ServiceBusReceivedMessage> {
  const [message] = await receiver.receiveMessages(1, { maxWaitTimeInMs: 10_000 });
  if (message === undefined) throw new Error('No message came within ten seconds.');
  return message;
}

/** The bodies of the next messages, completed one by one; fewer if no more come. */
export async function takeBodies(receiver: ServiceBusReceiver, count: number): Promise<readonly unknown[]> {
  const bodies: unknown[] = [];
  // The client gives what has come a second after the first message, however many were asked for.
  while (bodies.length < count) {
    const messages = await receiver.receiveMessages(count - bodies.length, { maxWaitTimeInMs: 10_000 });
    if (messages.length === 0) return bodies;
    for (const message of messages) {
      await receiver.completeMessage(message);
      bodies.push(message.body);
    }
  }
  return bodies;
}

/** Nothing comes for a while: the bodies of what came nevertheless. */
export async function bodiesWithin(receiver: ServiceBusReceiver, ms: number): Promise<readonly unknown[]> {
  const messages = await receiver.receiveMessages(1, { maxWaitTimeInMs: ms });
  return messages.map((message) => message.body);
}
