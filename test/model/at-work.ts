import { answered } from './answered.ts';
import { disown, runOf, withIntent, withWorker } from './change-state.ts';
import type { Setting } from './setting.ts';
import type { Change, Intent, Move, State, Worker } from './state.ts';

/** A worker at work: its slot, what it has in memory, and the world around it. */
export type AtWork = { readonly setting: Setting; readonly state: State; readonly slot: number; readonly worker: Worker };

/** The change in hand. Throws where the worker has none. */
export function changeOf({ worker }: AtWork): Change {
  if (worker.change === 'none') throw new Error('The worker has no change in hand.');
  return worker.change;
}

/** The intent's row as it is now. */
export function intentOf(at: AtWork): Intent {
  return runOf(at.state, at.worker.run).intents[changeOf(at)];
}

/** The worker goes on, with what has changed in its memory and around it. */
export function goOn(at: AtWork, label: string, changed: Partial<Worker>, state: State = at.state): Move {
  const worker = state.workers[at.slot];
  return { label, next: withWorker(state, at.slot, worker == null ? null : { ...worker, ...changed }) };
}

const nothingInHand = {
  change: 'none',
  isResuming: false,
  wants: 0,
  ownsLease: false,
  wasCurrent: false,
  sawSent: false,
  sawDraft: -1,
  draft: -1,
  isPutOff: false,
} as const;

/** The change came out so: what was resumed is planned again unless it waits; anything else is the step's result. */
export function settled(at: AtWork, label: string, result: Worker['result'], state: State = at.state): Move {
  if (at.worker.isResuming && result !== 'waiting') return goOn(at, label, { ...nothingInHand, doing: 'plan', result: 'none' }, state);
  return goOn(at, label, { ...nothingInHand, doing: 'record', result }, state);
}

/** The worker answers the orchestrator at once: what it read cannot become otherwise. */
export function answersAtOnce(at: AtWork, label: string, result: Worker['result']): Move {
  return { label, next: answered(at.setting, withWorker(at.state, at.slot, { ...at.worker, result }), at.slot) };
}

/** The worker answers the orchestrator next. */
export function answers(at: AtWork, label: string, result: Worker['result'], state: State = at.state): Move {
  return goOn(at, label, { ...nothingInHand, doing: 'answer', result }, state);
}

/** Gives the lease back (`release`), if it is still the worker's own. What the target refused to do for now was not sent by this worker. */
export function released(at: AtWork, label: string): Move {
  const { state, worker } = at;
  const change = changeOf(at);
  if (intentOf(at).state !== 'open' || !worker.ownsLease) return settled(at, label, 'waiting');
  const row = { lease: 'free', ...(worker.isPutOff ? { isSent: worker.sawSent } : {}) } as const;
  return settled(at, label, 'waiting', disown(withIntent(state, worker.run, change, row), worker.run, change));
}

/** Closes the intent with its outcome (`closeIntent`), and links the account that a create made. */
export function closed(at: AtWork, label: string): Move {
  const { state, worker } = at;
  const { result } = worker;
  const change = changeOf(at);
  const isLinked = change === 'create' && (result === 'done' || result === 'given-up');
  const linked = isLinked ? { ...state, person: { ...state.person, isLinked: true } } : state;
  const next = intentOf(at).state === 'open' ? disown(withIntent(linked, worker.run, change, closedRow(at)), worker.run, change) : linked;
  return settled(at, label, result === 'plan-again' ? 'waiting' : result === 'given-up' ? 'failed' : result, next);
}

function closedRow(at: AtWork): Partial<Intent> {
  const { result, sawSent, change } = at.worker;
  const row = { state: 'closed', lease: 'free' } as const;
  // What a later change has no use for is left out, so that there is less to explore.
  if (result === 'done') return { ...row, outcome: 'done', ...(change === 'mail' ? {} : { isSent: false, wants: 0 }) };
  if (result === 'unknown') return { ...row, outcome: 'unknown' };
  if (change === 'mail') return { ...row, outcome: 'failed' };
  return { ...row, outcome: 'failed', isSent: result === 'plan-again' && sawSent };
}
