import type { Claim, Outcome, Skip } from '../domain/change.ts';
import type { ReasonCode } from '../domain/problem.ts';
import type { Clock } from '../ports/clock.ts';
import type { IntentRow } from '../ports/registry/intents.ts';
import { describeChange } from './describe-change.ts';

/** How a step stands: its state, what it did in words, and how many things it left undone that somebody has to know of. */
export type StepResult = {
  readonly is: 'result';
  readonly state: Outcome['is'];
  readonly summary: string;
  readonly gaps: number;
  readonly afterMs?: number;
  /** The instant that is waited for, where it is known: the clock goes on between two readings of it. */
  readonly until?: number;
  /** Nothing is to be done of it now, whoever asks: the run is put away until that is over. */
  readonly isPaused?: true;
  /** What may be said of access now, where the step sees to that. */
  readonly claim?: Claim;
};

/** From worst to best: the step is as its worst change is. */
const order: readonly Outcome['is'][] = ['failed', 'unknown', 'held', 'waiting', 'refused', 'done', 'skipped', 'already'];

/** Skips that are as they should be: somebody or something else sees to it. */
const harmless: ReadonlySet<ReasonCode> = new Set([
  'dynamic-group',
  'synced-object',
  'not-applicable',
  'manager-unknown',
  'has-authentication-method',
  'target-mode',
  'group-licence',
  'primary-group',
]);

/** What a step came to: the outcomes of its changes, what it skipped, the changes themselves, and what else it did in words. */
export type Weighed = {
  readonly outcomes: readonly Outcome[];
  readonly skips?: readonly Skip[];
  readonly rows?: readonly IntentRow[];
  readonly notes?: readonly string[];
};

/** Sums up what came of a step's changes and skips. */
export function weigh(deps: { readonly clock: Clock }, { outcomes, skips = [], rows = [], notes = [] }: Weighed): StepResult {
  const skipped: readonly Outcome[] = skips.map(({ reason }) => ({ is: 'skipped', reason }));
  const all = [...outcomes, ...skipped];
  const state = order.find((is) => all.some((outcome) => outcome.is === is)) ?? 'already';
  const gaps = all.filter((outcome) => outcome.is === 'refused' || (outcome.is === 'skipped' && !harmless.has(outcome.reason.code))).length;
  const summary = [...new Set([...notes, ...rows.flatMap(describeChange), ...all.flatMap(troubles)])].join('; ') || 'nothing to do';
  return { is: 'result', state, summary, gaps, ...afterOf(deps, all) };
}

function troubles(outcome: Outcome): readonly string[] {
  switch (outcome.is) {
    case 'done':
    case 'already':
      return [];
    case 'waiting':
      return [outcome.reason];
    case 'failed':
    case 'unknown':
      return [inWords(outcome.problem)];
    case 'skipped':
    case 'refused':
    case 'held':
      return [outcome.reason.message];
  }
}

function inWords({ message, systemCode, requestId }: Extract<Outcome, { is: 'failed' }>['problem']): string {
  const origin = [systemCode, requestId === undefined ? undefined : `request ${requestId}`].filter((part) => part !== undefined);
  return origin.length === 0 ? message : `${message} (${origin.join(', ')})`;
}

function afterOf(deps: { readonly clock: Clock }, outcomes: readonly Outcome[]): { readonly afterMs?: number } {
  const times = outcomes.flatMap((outcome) => (outcome.is === 'waiting' ? [Date.parse(outcome.lookAgainAt) - deps.clock.now()] : []));
  return times.length === 0 ? {} : { afterMs: Math.max(50, Math.min(...times)) };
}
