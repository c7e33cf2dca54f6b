import rhea from 'rhea';
import type { Message } from 'rhea';
import { Refusal } from '../refusal.ts';
import type { RefusalCondition } from '../refusal.ts';
import { getSessionState, renewLocks, renewSessionLock, setSessionState, updateDisposition } from './lock-operations.ts';
import type { ManagementAnswer, ManagementRequest } from './management-request.ts';
import { addRule, enumerateRules, removeRule } from './rule-operations.ts';
import { cancelScheduledMessages, peekMessages, receiveBySequenceNumber, scheduleMessages } from './message-operations.ts';

/** The answer to a management request, to be sent after the next commit. */
export type ManagementReply = Pick<Message, 'application_properties' | 'body'>;

const OPERATIONS: ReadonlyMap<string, (request: ManagementRequest) => ManagementAnswer> = new Map([
  ['com.microsoft:renew-lock', renewLocks],
  ['com.microsoft:update-disposition', updateDisposition],
  ['com.microsoft:renew-session-lock', renewSessionLock],
  ['com.microsoft:get-session-state', getSessionState],
  ['com.microsoft:set-session-state', setSessionState],
  ['com.microsoft:schedule-message', scheduleMessages],
  ['com.microsoft:cancel-scheduled-message', cancelScheduledMessages],
  ['com.microsoft:peek-message', peekMessages],
  ['com.microsoft:receive-by-sequence-number', receiveBySequenceNumber],
  ['com.microsoft:add-rule', addRule],
  ['com.microsoft:remove-rule', removeRule],
  ['com.microsoft:enumerate-rules', enumerateRules],
]);

const STATUS: Readonly<Record<RefusalCondition, number>> = {
  'amqp:not-found': 404,
  'amqp:not-allowed': 400,
  'amqp:not-implemented': 501,
  'amqp:decode-error': 400,
  'amqp:internal-error': 500,
  'amqp:link:message-size-exceeded': 403,
  'com.microsoft:argument-error': 400,
  'com.microsoft:entity-already-exists': 409,
  'com.microsoft:message-not-found': 404,
  'com.microsoft:message-lock-lost': 410,
  'com.microsoft:session-lock-lost': 410,
  'com.microsoft:session-cannot-be-locked': 410,
  'com.microsoft:timeout': 408,
};

/** Carries out a management request. A refusal becomes an answer with its status and condition. */
export function answerManagement(request: ManagementRequest): ManagementReply {
  try {
    const answer = operationOf(request)(request);
    return answer === null ? reply(204, 'No Content', {}) : reply(200, 'OK', answer);
  } catch (error) {
    if (error instanceof Refusal) return refusalReply(error);
    throw error;
  }
}

/** The answer that says why a request was not carried out. */
export function refusalReply(refusal: Refusal): ManagementReply {
  const { application_properties } = reply(STATUS[refusal.condition], refusal.message, {});
  return { application_properties: { ...application_properties, errorCondition: refusal.condition }, body: {} };
}

function operationOf({ operation }: ManagementRequest): (request: ManagementRequest) => ManagementAnswer {
  const found = OPERATIONS.get(operation);
  if (found === undefined) throw new Refusal('amqp:not-implemented', `The operation "${operation}" is not supported by this endpoint.`);
  return found;
}

function reply(status: number, description: string, body: Readonly<Record<string, unknown>>): ManagementReply {
  return { application_properties: { statusCode: rhea.types.wrap_int(status), statusDescription: description }, body };
}
