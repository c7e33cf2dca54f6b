import rhea from 'rhea';
import { findLock } from '../broker/scope.ts';
import { settleMessage } from '../broker/settle-message.ts';
import type { Settlement } from '../broker/settle-message.ts';
import { LARGEST_MESSAGE_BYTES } from '../message/read-arrival.ts';
import { entityOf, lockTokens, scopeOf, wrongField } from './management-request.ts';
import type { ManagementAnswer, ManagementRequest } from './management-request.ts';

/** AMQP type code of a timestamp (AMQP 1.0, part 1, section 1.6.17). */
const TIMESTAMP = 0x83;

/** The state of a session may be as large as a message: learn.microsoft.com/azure/service-bus-messaging/message-sessions#message-session-state. */
const LARGEST_STATE_BYTES = LARGEST_MESSAGE_BYTES;

/** `com.microsoft:renew-lock`: the locks last their full time again, from now; answers their new ends. */
export function renewLocks(request: ManagementRequest): ManagementAnswer {
  const { engine } = request;
  const entity = entityOf(request);
  const now = engine.now();
  const locks = lockTokens(request).map((token) => findLock({ entity, session: undefined }, token, now));
  const until = now + entity.definition.lockDurationMs;
  for (const lock of locks) entity.locks.renew(lock, until);
  return {
    expirations: rhea.types.wrap_array(
      locks.map(() => until),
      TIMESTAMP,
      undefined,
    ),
  };
}

/** `com.microsoft:renew-session-lock`: the session's lock lasts its full time again, from now; answers its new end. */
export function renewSessionLock(request: ManagementRequest): ManagementAnswer {
  const { engine } = request;
  const { entity, session } = scopeOf(request);
  if (session === undefined) throw wrongField('session-id', 'is missing');
  entity.sessions.renew(session, engine.now() + entity.definition.lockDurationMs);
  return { expiration: rhea.types.wrap_timestamp(session.until) };
}

/** `com.microsoft:update-disposition`: settles messages by their lock tokens, without the link they came over. */
export function updateDisposition(request: ManagementRequest): ManagementAnswer {
  const { engine } = request;
  const scope = scopeOf(request);
  const settlement = settlementIn(request);
  const now = engine.now();
  const tokens = lockTokens(request);
  for (const token of tokens) findLock(scope, token, now);
  for (const token of tokens) settleMessage(engine, scope, token, settlement);
  return {};
}

/** `com.microsoft:get-session-state`: the bytes kept with a session, or null. */
export function getSessionState(request: ManagementRequest): ManagementAnswer {
  const { entity, session } = scopeOf(request);
  if (session === undefined) throw wrongField('session-id', 'is missing');
  return { 'session-state': request.engine.sessionStates.read(entity.id, session.id) };
}

/** `com.microsoft:set-session-state`: keeps bytes with a session; null forgets them. */
export function setSessionState(request: ManagementRequest): ManagementAnswer {
  const { engine } = request;
  const { entity, session } = scopeOf(request);
  if (session === undefined) throw wrongField('session-id', 'is missing');
  const state = request.body['session-state'];
  if (state !== null && !(state instanceof Uint8Array)) throw wrongField('session-state', 'must be binary or null');
  if (state !== null && state.length > LARGEST_STATE_BYTES)
    throw wrongField('session-state', `has ${state.length} bytes; at most ${LARGEST_STATE_BYTES} are allowed`);
  engine.commits.write(() => engine.sessionStates.write(entity.id, session.id, state));
  return {};
}

function settlementIn({ body }: ManagementRequest): Settlement {
  const properties = Object.fromEntries(Object.entries(body['properties-to-modify'] ?? {}));
  switch (body['disposition-status']) {
    case 'completed':
      return { is: 'complete' };
    case 'abandoned':
      return { is: 'abandon', properties };
    // The wire protocol spells it with one "r".
    case 'defered':
      return { is: 'defer', properties };
    case 'suspended':
      return {
        is: 'deadLetter',
        cause: { reason: text(body['deadletter-reason']), description: text(body['deadletter-description']), properties },
      };
    default:
      throw wrongField('disposition-status', 'must be completed, abandoned, defered or suspended');
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
