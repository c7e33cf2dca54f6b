import type { Act, Outcome } from '../domain/change.ts';
import { GatehouseError } from '../errors.ts';
import type { IntentRow } from '../ports/registry/intents.ts';
import type { Admitted } from '../ports/writers/admitted.ts';
import type { Answer } from '../ports/writers/answer.ts';
import { capability } from './capability.ts';
import { type Asked, type GateDeps, patienceMs, writeTimeoutMs } from './gate-deps.ts';
import { lookAgain } from './look-again.ts';
import { sendRevocation } from './send.ts';

/**
 * Revokes sessions, or sets a password that nobody knows. Done when the moment that the target keeps of it (`signInSessionsValidFromDateTime`, `pwdLastSet`) has moved
 * since the intent was opened. It does no harm twice: where an answer was lost and the moment does not prove it, it is sent again.
 */
export async function applyRevocation(deps: GateDeps, asked: Asked<Admitted<Act>>, row: IntentRow): Promise<Outcome> {
  const moment = await momentOf(deps, asked);
  if (row.sentAt !== null && isSeen(asked.change, moment, row)) return done(asked, row);
  if (row.sentAt !== null && row.objectId !== null) return notYet(deps, asked, row);
  const before = row.observedBefore ?? { moment };
  const sentAt = deps.clock.now();
  if (!(await deps.registry.stores.intents.markSending(row.changeId, row.leaseUntil, before, sentAt)))
    return lookAgain(deps, 1000, 'another worker took this change over');
  const signal = AbortSignal.any([asked.request.signal, AbortSignal.timeout(writeTimeoutMs)]);
  const answer = await sendRevocation(deps.target(asked.change.target), asked.change, signal);
  return afterAnswer(deps, asked, { ...row, observedBefore: before, sentAt: row.sentAt ?? sentAt }, answer);
}

async function afterAnswer(deps: GateDeps, asked: Asked<Admitted<Act>>, row: IntentRow, answer: Answer): Promise<Outcome> {
  if (answer.is === 'refused') return { is: 'failed', problem: answer.problem };
  if (answer.is === 'later') return lookAgain(deps, answer.retryAfterMs, `${asked.change.target} asks to wait: ${answer.problem.message}`);
  const objectId = answer.is === 'accepted' ? answer.id : null;
  const requestId = answer.is === 'accepted' ? (answer.requestId ?? null) : (answer.problem.requestId ?? null);
  await deps.registry.stores.intents.markAnswered(row.changeId, objectId, requestId);
  const answered = { ...row, objectId, requestId };
  return isSeen(asked.change, await momentOf(deps, asked), answered) ? done(asked, answered) : notYet(deps, asked, answered);
}

/** When it last came about, milliseconds since the epoch; null where it never did. */
function momentOf(deps: GateDeps, { change, request }: Asked<Act>): Promise<number | null> {
  const target = deps.target(change.target);
  return change.do === 'reset'
    ? capability(target, 'passwords').lastSet(idOf(change), request.signal)
    : capability(target, 'sessions').validFrom(idOf(change), request.signal);
}

/** A password is set several times in a row: where the answer was lost, that the moment moved does not say that all came about. */
function isSeen(change: Act, moment: number | null, row: IntentRow): boolean {
  return hasMoved(moment, row) && (change.do === 'revoke' || row.objectId !== null);
}

/** Targets keep the moment to the second, and by their own clock: that it moved since it was sent is as good as that it is later than our opening. */
function hasMoved(moment: number | null, { observedBefore, openedAt }: IntentRow): boolean {
  if (moment === null) return false;
  const before = observedBefore?.['moment'];
  return typeof before !== 'number' || moment > before || moment >= Math.floor(openedAt / 1000) * 1000;
}

function notYet(deps: GateDeps, { change }: Asked<Act>, row: IntentRow): Outcome {
  const message = `${change.target} does not show yet that it was done`;
  if (row.sentAt === null || deps.clock.now() - row.sentAt <= patienceMs) return lookAgain(deps, 1000, message);
  return { is: 'failed', problem: { code: 'not-verified', message: `${message}, a quarter of an hour after it was accepted.` } };
}

function done({ change }: Asked<Act>, { requestId }: IntentRow): Outcome {
  return { is: 'done', object: idOf(change), ...(requestId === null ? {} : { requestId }) };
}

function idOf(change: Act): string {
  if ('id' in change.object) return change.object.id;
  throw new GatehouseError('internal', 'An unresolved reference reached the gate.');
}
