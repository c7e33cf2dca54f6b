import rhea from 'rhea';
import type { StoredMessage } from '../store/stored-message.ts';
import { asBuffer } from './application-properties.ts';

/**
 * A kept message, encoded as a receiver gets it: with the annotations of "Message annotations" in
 * learn.microsoft.com/azure/service-bus-messaging/service-bus-amqp-protocol-guide. `lockedUntil` is absent when it is not locked.
 */
export function wireMessage(message: StoredMessage, lockedUntil: number | undefined): Buffer {
  const decoded = rhea.message.decode(asBuffer(message.content));
  // AMQP 1.0, part 3, section 3.2.1: the number of earlier, unsuccessful deliveries.
  decoded['delivery_count'] = message.deliveries;
  decoded['message_annotations'] = { ...decoded['message_annotations'], ...annotations(message, lockedUntil) };
  return rhea.message.encode(decoded);
}

function annotations(message: StoredMessage, lockedUntil: number | undefined): Record<string, unknown> {
  return {
    'x-opt-sequence-number': rhea.types.wrap_long(message.seq),
    'x-opt-enqueued-time': rhea.types.wrap_timestamp(message.enqueuedAt),
    'x-opt-message-state': rhea.types.wrap_int(message.state),
    ...(lockedUntil === undefined ? {} : { 'x-opt-locked-until': rhea.types.wrap_timestamp(lockedUntil) }),
    ...(message.source === null ? {} : { 'x-opt-deadletter-source': message.source }),
  };
}
