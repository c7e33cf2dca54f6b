import type { ServiceBusReceiver } from '@azure/service-bus';
import { setTimeout as pause } from 'node:timers/promises';
import { logLine } from '../log-line.ts';
import { messageOf } from '../message-of.ts';
import { InFlight } from './in-flight.ts';
import type { PumpOptions, QueuePump } from './queue-pump.ts';
import { receiveBatch } from './receive-batch.ts';
import { messageLock, whileLocked } from './while-locked.ts';

const RETRY_MS = 1000;
/** How long one request for a message waits before the next is made. */
const ASK_AGAIN_MS = 60_000;

/** Pumps a queue without sessions in batches, one batch at a time (`cardinality: 'many'`). */
export function startBatchPump(options: PumpOptions): QueuePump {
  const { client, source } = options;
  const receiver = client.createReceiver(source, { skipParsingBodyAsJson: true, maxAutoLockRenewalDurationInMs: 0 });
  const pump = new BatchPump(options, receiver);
  void pump.loop();
  return pump;
}

class BatchPump implements QueuePump {
  readonly #options: PumpOptions;
  readonly #receiver: ServiceBusReceiver;
  readonly #inFlight = new InFlight();
  readonly #abort = new AbortController();

  constructor(options: PumpOptions, receiver: ServiceBusReceiver) {
    this.#options = options;
    this.#receiver = receiver;
  }

  async loop(): Promise<void> {
    const { signal } = this.#abort;
    while (!signal.aborted) {
      try {
        await this.#next(signal);
      } catch (error) {
        if (signal.aborted) return;
        logLine('warning', this.#options.functionName, `Queue ${this.#options.source}: ${messageOf(error)}`);
        await pause(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async stop(limitMs: number): Promise<void> {
    this.#abort.abort();
    await this.#inFlight.settle(limitMs);
    await this.#receiver.close();
  }

  async #next(signal: AbortSignal): Promise<void> {
    const { handle, batch, renewal } = this.#options;
    const messages = await receiveBatch(this.#receiver, batch, ASK_AGAIN_MS, signal);
    if (messages.length === 0 || signal.aborted) return;
    const locks = messages.map((message) => messageLock(this.#receiver, message));
    await this.#inFlight.track(whileLocked(locks, renewal, () => handle(this.#receiver, messages)));
  }
}
