import type { ServiceBusReceivedMessage, ServiceBusReceiver } from '@azure/service-bus';
import type { BatchSizes } from './queue-pump.ts';

/** How long more messages are looked for when there are enough: only what is there already. Milliseconds. */
const LINGER_MS = 10;

/**
 * The next messages, up to `max`: none when the first does not come within `firstMs` milliseconds, and fewer than `min` only when they do not come
 * within `waitMs` of the first (`maxBatchWaitTime`, https://learn.microsoft.com/azure/azure-functions/functions-bindings-service-bus#hostjson-settings).
 * The first is asked for alone, because the SDK holds a longer list back for a second.
 */
export async function receiveBatch(
  receiver: ServiceBusReceiver,
  { max, min, waitMs }: BatchSizes,
  firstMs: number,
  abortSignal?: AbortSignal,
): Promise<readonly ServiceBusReceivedMessage[]> {
  const batch = await receiver.receiveMessages(1, { maxWaitTimeInMs: firstMs, ...(abortSignal && { abortSignal }) });
  if (batch.length === 0) return batch;
  const deadline = performance.now() + waitMs;
  while (batch.length < min) {
    const left = deadline - performance.now();
    if (left <= 0) break;
    batch.push(...(await receiver.receiveMessages(min - batch.length, { maxWaitTimeInMs: left })));
  }
  if (batch.length < max) batch.push(...(await receiver.receiveMessages(max - batch.length, { maxWaitTimeInMs: LINGER_MS })));
  return batch;
}
