import type { ServiceBusReceivedMessage } from '@azure/service-bus';
import { isUtf8 } from 'node:buffer';
import type { RpcTypedData } from '../worker/rpc-types.ts';

/**
 * The body of a message for a trigger: text where it is UTF-8 (the library parses JSON), else bytes; `asBytes` always bytes
 * (`dataType: 'binary'`). The receiver must not parse bodies itself.
 */
export function messageBody(message: ServiceBusReceivedMessage, asBytes: boolean): RpcTypedData {
  const bytes = bytesOf(message);
  return asBytes || !isUtf8(bytes) ? { bytes } : { string: bytes.toString('utf8') };
}

/** The bodies of a batch: a list of texts where all are UTF-8, else a list of bytes. */
export function batchBody(messages: readonly ServiceBusReceivedMessage[], asBytes: boolean): RpcTypedData {
  const bytes = messages.map(bytesOf);
  if (asBytes || !bytes.every((body) => isUtf8(body))) return { collectionBytes: { bytes } };
  return { collectionString: { string: bytes.map((body) => body.toString('utf8')) } };
}

function bytesOf({ body }: ServiceBusReceivedMessage): Buffer {
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  // A body that is an AMQP value or sequence.
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body ?? null));
}
