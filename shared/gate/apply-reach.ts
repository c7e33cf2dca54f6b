import type { Outcome, Reach } from '../domain/change.ts';
import type { Problem } from '../domain/problem.ts';
import type { IntentRow } from '../ports/registry/intents.ts';
import type { Admitted } from '../ports/writers/admitted.ts';
import type { Answer } from '../ports/writers/answer.ts';
import { closeIntent } from './close-intent.ts';
import { firstBefore } from './first-before.ts';
import { type Asked, type GateDeps, patienceMs, visibilityMs, writeTimeoutMs } from './gate-deps.ts';
import { isGone } from './is-gone.ts';
import { look, type Seen } from './look.ts';
import { lookAgain } from './look-again.ts';
import { send } from './send.ts';

type SeenSo = Extract<Seen, { is: 'so' }>;

/** Looks, writes where it is not so yet, and looks again: only what is seen in the target is reported as done. */
export async function applyReach(deps: GateDeps, asked: Asked<Admitted<Reach>>, row: IntentRow): Promise<Outcome> {
  const target = deps.target(asked.change.target);
  const seen = await look(target, asked.change, row, asked.request.signal);
  if (seen.is === 'so') return closeSeen(deps, asked, row, seen);
  if (seen.is === 'partly' && row.sentAt === null) return planAgain(deps, asked, row, seen.differs);
  if (seen.is === 'partly' || isMaybeOnItsWay(deps, asked, row)) return notYet(deps, asked, row, seen);
  return write(deps, asked, row, seen.before);
}

/** An account that this create did not make, such as one of a run that was superseded: the task adopts it or holds it, by the rules for that. */
async function planAgain(deps: GateDeps, asked: Asked<Admitted<Reach>>, row: IntentRow, differs: readonly string[]): Promise<Outcome> {
  const message = `${asked.change.target} shows an account that this create did not make, with another ${differs.join(', ')}.`;
  await closeIntent(deps, asked, { changeId: row.changeId, outcome: { is: 'failed', problem: { code: 'target-conflict', message } } });
  return lookAgain(deps, 0, message);
}

/** What was accepted is waited for, not written again. A create whose answer was lost is not sent again within the time in which its target may hide it. */
function isMaybeOnItsWay(deps: GateDeps, { change }: Asked<Reach>, row: IntentRow): boolean {
  if (row.sentAt === null) return false;
  if (row.objectId !== null) return true;
  return change.do === 'create' && deps.clock.now() - row.sentAt < visibilityMs[deps.target(change.target).kind];
}

async function write(deps: GateDeps, asked: Asked<Admitted<Reach>>, row: IntentRow, before: IntentRow['observedBefore']): Promise<Outcome> {
  const sentAt = deps.clock.now();
  const first = firstBefore(asked.change, row, before);
  if (!(await deps.registry.stores.intents.markSending(row.changeId, row.leaseUntil, first, sentAt)))
    return lookAgain(deps, 1000, 'another worker took this change over');
  const signal = AbortSignal.any([asked.request.signal, AbortSignal.timeout(writeTimeoutMs)]);
  const answer = await send(deps.target(asked.change.target), asked.change, signal);
  // Where the target did nothing now, an earlier write whose answer was lost stays written down.
  if (answer.is === 'later' || answer.is === 'refused') await deps.registry.stores.intents.release(row, row.sentAt === null);
  return afterAnswer(deps, asked, { ...row, sentAt }, answer);
}

async function afterAnswer(deps: GateDeps, asked: Asked<Admitted<Reach>>, row: IntentRow, answer: Answer): Promise<Outcome> {
  const { intents } = deps.registry.stores;
  if (answer.is === 'later') return lookAgain(deps, answer.retryAfterMs, `${asked.change.target} asks to wait: ${answer.problem.message}`);
  if (answer.is === 'refused') {
    const gone = await goneMeanwhile(deps, asked, answer.problem);
    if (gone !== undefined) return closeSeen(deps, asked, { ...row, sentAt: null }, gone);
    const failed = await closeIntent(deps, asked, { changeId: row.changeId, outcome: { is: 'failed', problem: answer.problem } });
    if (answer.nameTaken === undefined) return failed;
    return lookAgain(deps, 0, `${answer.nameTaken} was taken meanwhile; another is chosen`);
  }
  const objectId = answer.is === 'accepted' ? answer.id : row.objectId;
  const requestId = answer.is === 'accepted' ? (answer.requestId ?? null) : (answer.problem.requestId ?? null);
  await intents.markAnswered(row.changeId, objectId, requestId);
  const answered = { ...row, objectId, requestId };
  const seen = await look(deps.target(asked.change.target), asked.change, answered, asked.request.signal);
  return seen.is === 'so' ? closeSeen(deps, asked, answered, seen) : notYet(deps, asked, answered, seen);
}

/** What was to be taken from an account that went between the look and the writing went with it. */
async function goneMeanwhile(deps: GateDeps, { change, request }: Asked<Admitted<Reach>>, met: Problem): Promise<SeenSo | undefined> {
  if (change.do !== 'unlink' || !('id' in change.object)) return undefined;
  const { id } = change.object;
  return (await isGone(deps.target(change.target), id, met, request.signal)) ? { is: 'so', id, anchor: null } : undefined;
}

function closeSeen(deps: GateDeps, asked: Asked<Reach>, row: IntentRow, seen: SeenSo): Promise<Outcome> {
  const request = row.requestId === null ? {} : { requestId: row.requestId };
  const outcome: Outcome = { is: row.sentAt === null ? 'already' : 'done', object: seen.id, ...request };
  const isOurs = asked.change.do === 'create' || asked.change.do === 'restore';
  const link = isOurs ? { link: { nativeId: seen.id, anchor: seen.anchor } } : {};
  return closeIntent(deps, asked, { changeId: row.changeId, outcome, ...link });
}

async function notYet(deps: GateDeps, asked: Asked<Reach>, row: IntentRow, seen: Seen): Promise<Outcome> {
  const what =
    seen.is === 'partly'
      ? `${asked.change.target} shows the object, but not ${seen.differs.join(', ')} as written`
      : `written; ${asked.change.target} does not show it yet`;
  if (row.sentAt !== null && deps.clock.now() - row.sentAt > patienceMs) return giveUp(deps, asked, row, { seen, what });
  await deps.registry.stores.intents.release(row, false);
  return lookAgain(deps, 1000, what);
}

/** What is not seen is not called done, however long ago it was accepted. An object that is there is linked all the same: it is the person's. */
async function giveUp(
  deps: GateDeps,
  asked: Asked<Reach>,
  row: IntentRow,
  { seen, what }: { readonly seen: Seen; readonly what: string },
): Promise<Outcome> {
  const link = asked.change.do === 'create' && seen.is === 'partly' ? { link: { nativeId: seen.id, anchor: seen.anchor } } : {};
  // Asked for again, it is written again.
  await deps.registry.stores.intents.release(row, true);
  const outcome: Outcome = {
    is: 'failed',
    problem: { code: 'not-verified', message: `${what}, a quarter of an hour after it was accepted.` },
  };
  return closeIntent(deps, asked, { changeId: row.changeId, outcome, ...link });
}
