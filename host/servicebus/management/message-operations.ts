import rhea from 'rhea';
import { browse, cancelScheduled, fetchDeferred } from '../broker/fetch-messages.ts';
import { keepMessages } from '../broker/keep-messages.ts';
import { requireInlet } from '../broker/require-inlet.ts';
import { arrivalOfBytes } from '../message/read-arrival.ts';
import { wireMessage } from '../message/wire-message.ts';
import { encodedMessages, entityOf, integer, scopeOf, sequenceNumbers } from './management-request.ts';
import type { ManagementAnswer, ManagementRequest } from './management-request.ts';

/** AMQP type code of a signed 64-bit integer (AMQP 1.0, part 1, section 1.6.10). */
const LONG = 0x81;
/** Receiver settle mode "first": the messages are removed as they are handed out. */
const SETTLE_FIRST = 0;

/** `com.microsoft:schedule-message`: keeps messages until their time; answers their sequence numbers. */
export function scheduleMessages(request: ManagementRequest): ManagementAnswer {
  const inlet = requireInlet(request.directory, request.target);
  const kept = keepMessages(request.engine, inlet, encodedMessages(request).map(arrivalOfBytes));
  return { 'sequence-numbers': rhea.types.wrap_array([...kept], LONG, undefined) };
}

/** `com.microsoft:cancel-scheduled-message`: takes scheduled messages back. */
export function cancelScheduledMessages(request: ManagementRequest): ManagementAnswer {
  cancelScheduled(request.engine, request.target, sequenceNumbers(request, 'sequence-numbers'));
  return {};
}

/** `com.microsoft:peek-message`: shows messages from a sequence number on, without locking them. */
export function peekMessages(request: ManagementRequest): ManagementAnswer {
  const id = request.body['session-id'];
  const place = { entity: entityOf(request), session: typeof id === 'string' ? id : null };
  const messages = browse(request.engine, place, integer(request, 'from-sequence-number'), integer(request, 'message-count'));
  return messages.length === 0 ? null : { messages: messages.map((message) => ({ message: wireMessage(message, undefined) })) };
}

/** `com.microsoft:receive-by-sequence-number`: hands out deferred messages, each with its lock token. */
export function receiveBySequenceNumber(request: ManagementRequest): ManagementAnswer {
  const scope = scopeOf(request);
  const removes = integer(request, 'receiver-settle-mode') === SETTLE_FIRST;
  const handed = fetchDeferred(request.engine, scope, sequenceNumbers(request, 'sequence-numbers'), removes);
  return {
    messages: handed.map(({ message, lock }) => ({
      message: wireMessage(message, lock === undefined ? undefined : (scope.session?.until ?? lock.until)),
      ...(lock === undefined ? {} : { 'lock-token': rhea.types.wrap_uuid(Buffer.from(lock.token, 'hex')) }),
    })),
  };
}
