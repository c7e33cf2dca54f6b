import { isServiceBusError } from '@azure/service-bus';
import type { ServiceBusSessionReceiver } from '@azure/service-bus';
import { setTimeout as pause } from 'node:timers/promises';
import { logLine } from '../log-line.ts';
import { messageOf } from '../message-of.ts';
import { InFlight } from './in-flight.ts';
import type { PumpOptions, QueuePump } from './queue-pump.ts';
import { receiveBatch } from './receive-batch.ts';
import { sessionLock, whileLocked } from './while-locked.ts';

const RETRY_MS = 1000;

/**
 * Pumps a queue with sessions: up to `maxConcurrentSessions` sessions side by side, one message or batch of each at a time, in
 * order. A session without a message for `sessionIdleMs` is given back. The JavaScript SDK has no session processor, so the loop is here.
 */
export function startSessionPump(options: PumpOptions): QueuePump {
  const pump = new SessionPump(options);
  for (let loops = 0; loops < options.settings.maxConcurrentSessions; loops += 1) void pump.loop();
  return pump;
}

class SessionPump implements QueuePump {
  readonly #options: PumpOptions;
  readonly #inFlight = new InFlight();
  readonly #abort = new AbortController();

  constructor(options: PumpOptions) {
    this.#options = options;
  }

  /** Takes one session after the other. */
  async loop(): Promise<void> {
    while (!this.#abort.signal.aborted) {
      const session = await this.#accept();
      if (session) await this.#keep(session);
    }
  }

  async stop(limitMs: number): Promise<void> {
    this.#abort.abort();
    await this.#inFlight.settle(limitMs);
  }

  async #accept(): Promise<ServiceBusSessionReceiver | undefined> {
    const { client, source } = this.#options;
    const { signal } = this.#abort;
    try {
      return await client.acceptNextSession(source, {
        skipParsingBodyAsJson: true,
        maxAutoLockRenewalDurationInMs: 0,
        abortSignal: signal,
      });
    } catch (error) {
      // No session within the SDK's time: ask again.
      if (signal.aborted || (isServiceBusError(error) && error.code === 'ServiceTimeout')) return undefined;
      this.#warn('next session', error);
      await pause(RETRY_MS, undefined, { signal }).catch(() => undefined);
      return undefined;
    }
  }

  async #keep(session: ServiceBusSessionReceiver): Promise<void> {
    try {
      await whileLocked([sessionLock(session)], this.#options.renewal, () => this.#work(session));
    } catch (error) {
      this.#warn(`session ${session.sessionId}`, error);
    }
    await session.close().catch(() => undefined);
  }

  async #work(session: ServiceBusSessionReceiver): Promise<void> {
    const { handle, batch, sessionIdleMs } = this.#options;
    const { signal } = this.#abort;
    while (!signal.aborted) {
      const messages = await receiveBatch(session, batch, sessionIdleMs, signal);
      if (messages.length === 0) return;
      await this.#inFlight.track(handle(session, messages));
    }
  }

  #warn(what: string, error: unknown): void {
    const { source, functionName } = this.#options;
    if (!this.#abort.signal.aborted) logLine('warning', functionName, `Queue ${source}, ${what}: ${messageOf(error)}`);
  }
}
