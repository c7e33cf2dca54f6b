import type { QueueMessage } from '../../ports/queue.ts';
import { pointSpan } from '../../telemetry/in-span.ts';

/**
 * The application properties that carry a message's trace to whoever takes it: `Diagnostic-Id` for Azure's libraries and the Functions host, `traceparent` for all others
 * (https://learn.microsoft.com/azure/service-bus-messaging/service-bus-end-to-end-tracing#message-headers). Messages of several traces go out in one transfer, so that each has a span of its own.
 * Undefined where nothing is traced.
 */
export function sendSpan({ queue, messageId, traceparent }: QueueMessage): Readonly<Record<string, string>> | undefined {
  const facts = {
    'messaging.system': 'servicebus',
    'messaging.destination.name': queue,
    'messaging.operation.type': 'send',
    'messaging.message.id': messageId,
  };
  const carried = pointSpan({ name: `send ${queue}`, side: 'producer', facts, parent: traceparent }) ?? traceparent;
  return carried === undefined ? undefined : { 'Diagnostic-Id': carried, traceparent: carried };
}
