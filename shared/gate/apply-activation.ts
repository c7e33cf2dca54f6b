import type { Act, Outcome } from '../domain/change.ts';
import type { Problem } from '../domain/problem.ts';
import type { IntentRow } from '../ports/registry/intents.ts';
import type { Admitted } from '../ports/writers/admitted.ts';
import { type Asked, type GateDeps, patienceMs, writeTimeoutMs } from './gate-deps.ts';
import { lookAgain } from './look-again.ts';
import { writer } from './send.ts';

const leastAgainMs = 5_000;

/**
 * Has a target send its activation mail. No target shows that it sent one, so that its word is all there is: where that was lost, the mail is sent again, for a second one does no harm: ever
 * more slowly, and no more after a quarter of an hour, for each try may have been a mail. Once the word was given, it is not asked for again.
 */
export async function applyActivation(deps: GateDeps, { change, request }: Asked<Admitted<Act>>, row: IntentRow): Promise<Outcome> {
  if (row.objectId !== null) return done(row.objectId, row.requestId);
  const { intents } = deps.registry.stores;
  if (!(await intents.markSending(row.changeId, row.leaseUntil, null, deps.clock.now())))
    return lookAgain(deps, 1000, 'another worker took this change over');
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(writeTimeoutMs)]);
  const answer = await writer(deps.target(change.target), 'activations').sendActivation(change, signal);
  if (answer.is === 'refused') return { is: 'failed', problem: answer.problem };
  if (answer.is === 'later') return lookAgain(deps, answer.retryAfterMs, `${change.target} asks to wait: ${answer.problem.message}`);
  if (answer.is === 'lost') return afterLost(deps, change, row, answer.problem);
  await intents.markAnswered(row.changeId, answer.id, answer.requestId ?? null);
  return done(answer.id, answer.requestId ?? null);
}

function afterLost(deps: GateDeps, { target }: Admitted<Act>, { openedAt, sentAt }: IntentRow, problem: Problem): Outcome {
  const trying = deps.clock.now() - openedAt;
  if (sentAt === null || trying < patienceMs)
    return lookAgain(
      deps,
      Math.max(leastAgainMs, sentAt === null ? 0 : trying),
      `whether the mail was sent is not known: ${problem.message}`,
    );
  const message = `${target} was asked for the mail again and again, and never said whether it was sent: ${problem.message} It is not sent again: ask the recipient.`;
  return { is: 'unknown', problem: { ...problem, message } };
}

function done(object: string, requestId: string | null): Outcome {
  return { is: 'done', object, ...(requestId === null ? {} : { requestId }) };
}
