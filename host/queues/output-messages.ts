import type { ServiceBusMessage } from '@azure/service-bus';
import type { RpcTypedData } from '../worker/rpc-types.ts';

/**
 * The messages that a function's output stands for: a list gives one for each element, anything else one. Bodies and content types are those of
 * the Service Bus extension (`ContentTypes.cs`): text as it is, bytes as they are, other values as JSON.
 */
export function outputMessages(output: RpcTypedData): readonly ServiceBusMessage[] {
  if (output.string !== undefined) return [textMessage(output.string)];
  if (output.bytes) return [{ body: Buffer.from(output.bytes), contentType: 'application/octet-stream' }];
  const value: unknown = output.json === undefined ? (output.int ?? output.double) : JSON.parse(output.json);
  return (Array.isArray(value) ? value : [value]).map((one: unknown) => (typeof one === 'string' ? textMessage(one) : jsonMessage(one)));
}

// The SDK would write a text as JSON, in quotes; bytes it leaves alone.
function textMessage(text: string): ServiceBusMessage {
  return { body: Buffer.from(text), contentType: 'text/plain' };
}

function jsonMessage(value: unknown): ServiceBusMessage {
  return { body: Buffer.from(JSON.stringify(value ?? null)), contentType: 'application/json' };
}
