import type { Clock } from '../clock/clock.ts';
import { WallClock } from '../clock/wall-clock.ts';
import type { SyncMode } from '../data/sync-mode.ts';
import { listenAmqp } from './amqp/listen-amqp.ts';
import type { AmqpListener } from './amqp/listen-amqp.ts';
import { Broker } from './broker/broker.ts';
import type { QueueCounts } from './broker/broker.ts';
import { completeQueue } from './definition/queue-definition.ts';
import type { QueueOptions } from './definition/queue-definition.ts';
import { completeTopic } from './definition/topic-definition.ts';
import type { TopicOptions } from './definition/topic-definition.ts';
import { openDatabase } from './store/open-database.ts';
import { whetherQuiet } from './whether-quiet.ts';

/** What a Service Bus endpoint is started with. */
export interface ServiceBusOptions {
  /** On the loopback address; 0 takes a free one. */
  readonly port: number;
  /** The file that holds the queues; it is created if need be, and held exclusively. */
  readonly databasePath: string;
  readonly queues: readonly QueueOptions[];
  readonly topics?: readonly TopicOptions[];
  /** What locks, scheduled messages and times to live go by; the system's clock by default. */
  readonly clock?: Clock;
  /** What an acknowledged message survives; `normal` by default. */
  readonly sync?: SyncMode | undefined;
  /** Told of errors in serving a client or in keeping messages; by default they are printed, without a stack trace. */
  readonly onProblem?: (problem: Error) => void;
}

/** A running endpoint. */
export interface ServiceBusEndpoint {
  readonly port: number;
  /** Nothing is under way: no receiver that is there holds a message or a session, and no client has just spoken. */
  isIdle(): boolean;
  /** Commits, disconnects the clients and closes the file. */
  stop(): Promise<void>;
  /** How many messages each queue, topic and subscription holds, by its path; deferred ones count as active. */
  counts(): Record<string, QueueCounts>;
}

/**
 * Starts an AMQP 1.0 endpoint that the Azure Service Bus client libraries talk to, with queues and topics kept in a file. A message is
 * acknowledged only after it is committed and survives the end of the process; locks do not.
 * Throws an error fit for people when the port or the file is in use.
 */
export async function startServiceBus(options: ServiceBusOptions): Promise<ServiceBusEndpoint> {
  const { port, databasePath, sync, clock = new WallClock(), onProblem = printProblem, topics = [] } = options;
  const database = openDatabase(databasePath, sync);
  let listener: AmqpListener | undefined;
  const onLost = (problem: Error): void => {
    onProblem(
      new Error(
        `The Service Bus store ${databasePath} could not be written (${problem.message}). Nothing of that was acknowledged, and clients are cut off; it is tried again every second. Free disk space.`,
      ),
    );
    listener?.dropConnections();
  };
  const namespace = { queues: options.queues.map(completeQueue), topics: topics.map(completeTopic) };
  const broker = new Broker({ database, namespace, clock, onLost, onProblem });
  const stop = async (): Promise<void> => {
    await listener?.close();
    broker.stop();
    database.close();
  };
  try {
    listener = await listenAmqp(broker, port, onProblem);
  } catch (error) {
    await stop();
    throw error;
  }
  const isQuiet = whetherQuiet(listener.traffic);
  return { port: listener.port, isIdle: () => isQuiet() && broker.isIdle(), stop, counts: () => broker.counts() };
}

function printProblem(problem: Error): void {
  console.error(`Service Bus endpoint: ${problem.message}`);
}
