import { isServiceBusError } from '@azure/service-bus';
import type { ServiceBusClient, ServiceBusSessionReceiver } from '@azure/service-bus';
import { setTimeout as pause } from 'node:timers/promises';
import { logLine } from '../log-line.ts';
import { messageOf } from '../message-of.ts';
import { InFlight } from './in-flight.ts';
import type { MessageHandler } from './message-handler.ts';
import type { QueuePump, QueuePumpSettings } from './queue-pump.ts';

const RETRY_MS = 1000;

/**
 * Pumps a queue with sessions: up to `maxConcurrentSessions` sessions side by side, one message of each at a time, in
 * order. A session without a message for `sessionIdleTimeout` is given back. The JavaScript SDK has no session processor, so the loop is here.
 */
export function startSessionPump(client: ServiceBusClient, queue: string, source: string, handle: MessageHandler, settings: QueuePumpSettings): QueuePump {
  const inFlight = new InFlight();
  const abort = new AbortController();
  const { signal } = abort;
  const loop = async (): Promise<void> => {
    while (!signal.aborted) {
      const session = await accept();
      if (session) await work(session);
    }
  };
  const accept = async (): Promise<ServiceBusSessionReceiver | undefined> => {
    try {
      const options = { skipParsingBodyAsJson: true, maxAutoLockRenewalDurationInMs: settings.maxAutoLockRenewalDuration, abortSignal: signal };
      return await client.acceptNextSession(queue, options);
    } catch (error) {
      if (signal.aborted || (isServiceBusError(error) && error.code === 'ServiceTimeout')) return undefined;
      logLine('warning', source, `Queue ${queue}, next session: ${messageOf(error)}`);
      await pause(RETRY_MS, undefined, { signal }).catch(() => undefined);
      return undefined;
    }
  };
  const work = async (session: ServiceBusSessionReceiver): Promise<void> => {
    try {
      while (!signal.aborted) {
        const [message] = await session.receiveMessages(1, { maxWaitTimeInMs: settings.sessionIdleTimeout });
        if (!message) break;
        await inFlight.track(handle(session, message));
      }
    } catch (error) {
      if (!signal.aborted) logLine('warning', source, `Queue ${queue}, session ${session.sessionId}: ${messageOf(error)}`);
    }
    await session.close().catch(() => undefined);
  };
  const loops = Array.from({ length: settings.maxConcurrentSessions }, loop);
  return {
    stop: async (limitMs) => {
      abort.abort();
      await inFlight.settle(limitMs);
      void Promise.allSettled(loops);
    },
  };
}
