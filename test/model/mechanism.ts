import { eventMoves } from './event-moves.ts';
import type { System } from './explore.ts';
import { firstState } from './first-state.ts';
import { createKeys } from './key-of.ts';
import { runMoves } from './run-moves.ts';
import type { Setting } from './setting.ts';
import type { Change, Law, Move, State } from './state.ts';
import { workerMoves } from './worker-moves.ts';

/** The mechanism under a setting, as a system to explore. Moves may break the laws that are `excepted`. */
export function mechanism(setting: Setting, excepted: readonly Law[] = []): System<State> {
  return {
    start: firstState(setting),
    key: createKeys(),
    moves: (state) =>
      [...eventMoves(setting, state), ...runMoves(setting, state), ...workerMoves(setting, state), ...shows(state)].map((move) =>
        forgiving(move, excepted),
      ),
    broken: brokenLaws,
    isGoodEnd: (state) => isGoodEnd(setting, state),
  };
}

/** Forgets the laws that may be broken, so that having broken one is not a state of its own. */
function forgiving({ label, next }: Move, excepted: readonly Law[]): Move {
  return next.broken.length === 0
    ? { label, next }
    : { label, next: { ...next, broken: next.broken.filter((law) => !excepted.includes(law)) } };
}

/** The account becomes visible everywhere, in its own time. */
function shows(state: State): readonly Move[] {
  const { world } = state;
  return world.accounts === 0 || world.isShown
    ? []
    : [{ label: 'the target shows the account everywhere', next: { ...state, world: { ...world, isShown: true } } }];
}

function brokenLaws({ world, runs, broken }: State): readonly Law[] {
  const laws: Law[] = [...broken];
  if (world.accounts > 1) laws.push('one account at most');
  if (world.drafts.filter((draft) => draft !== 'written').length > 1) laws.push('one mail at most');
  const changes: readonly Change[] = ['create', 'update', 'mail'];
  if (changes.some((change) => runs.filter((run) => run.intents[change].state === 'open').length > 1))
    laws.push('one open intent at most for an object');
  if (runs.filter(({ state }) => state === 'starting' || state === 'active').length > 1) laws.push('one run at most in a lane');
  return laws;
}

/** Every event is settled, nobody is at work, the last run tells the truth, and the target holds what it says. */
function isGoodEnd(setting: Setting, { events, workers, runs, person, world }: State): boolean {
  const isQuiet = events.every(({ isSettled }) => isSettled) && workers.every((worker) => worker === null);
  const isOver = runs.every((run) => run.attempts.every(({ place, starts }) => starts === 0 && (place === 'over' || place === 'none')));
  const current = runs.filter(({ epoch }) => epoch === person.epoch);
  if (!isQuiet || !isOver || runs.some((run) => run.epoch !== person.epoch && run.state !== 'superseded')) return false;
  const hasAccount = !setting.tasks.includes('account') || (world.accounts === 1 && person.isLinked);
  // What becomes of a mail may be unknown. A worker that thaws finds the draft gone, and calls the mail failed that another has sent.
  const truths = new Set(['done', ...(setting.tasks.includes('mail') ? ['unknown', ...(setting.freezes > 0 ? ['failed'] : [])] : [])]);
  return current.length > 0 && hasAccount && current.every(({ state }) => truths.has(state));
}
