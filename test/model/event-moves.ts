import { remaining } from './change-state.ts';
import { plannedRun } from './first-state.ts';
import type { Setting } from './setting.ts';
import type { Event, Move, Run, State } from './state.ts';

const names = ['hire', 'correction'] as const;
const unfinished: ReadonlySet<Run['state']> = new Set(['planned', 'starting', 'active']);

/** Deliveries of the events, folds (`foldEvent`: one transaction), and crashes of the workers that fold. */
export function eventMoves(setting: Setting, state: State): readonly Move[] {
  return ([0, 1] as const).flatMap((which) => {
    const event = state.events[which];
    const moves: Move[] = [];
    if (event.copies > 0) moves.push(take(state, which, event));
    if (event.reading === 0) return moves;
    moves.push({
      label: `a worker dies before it folds the ${names[which]}`,
      next: withEvent(state, which, { reading: event.reading - 1, copies: event.copies + 1 }),
    });
    // The source is read again, so that the hire may be read as it stands after the correction.
    const revisions = which === 1 ? [2] : setting.events === 2 ? [1, 2] : [1];
    return [
      ...moves,
      ...revisions.map((revision) => ({
        label: `the ${names[which]} is folded as revision ${revision}`,
        next: fold(setting, state, which, revision),
      })),
    ];
  });
}

function take(state: State, which: 0 | 1, { copies, reading }: Event): Move {
  return { label: `the ${names[which]} is delivered`, next: withEvent(state, which, { copies: copies - 1, reading: reading + 1 }) };
}

// Within the transaction the row is read again, so copies that come later, or were being folded, do nothing: they are left out from here.
const settled = { copies: 0, reading: 0, isSettled: true } as const;

/** The fold's transaction, under the lock of the person: compare, save, supersede, plan. */
function fold(setting: Setting, state: State, which: 0 | 1, revision: number): State {
  const known = state.person.revision;
  if (revision < known) return withEvent(state, which, settled);
  const folded = { ...withEvent(state, which, settled), person: { ...state.person, revision } };
  return revision === known ? folded : planRuns(setting, folded, known === 0);
}

/** What is under way is superseded; a joiner, and one who was not finished, is begun. A correction of somebody who has joined sets nothing off. */
function planRuns(setting: Setting, state: State, isJoiner: boolean): State {
  const isUnderWay = state.runs.some((run) => unfinished.has(run.state));
  if (!isJoiner && !isUnderWay) return state;
  const runs = state.runs.map((run) =>
    unfinished.has(run.state) ? { ...run, state: 'superseded' as const, steps: plannedRun.steps, attempts: remaining(setting, run) } : run,
  );
  const epoch = state.person.epoch + 1;
  const planned = Array.from({ length: setting.workflows }, () => ({ ...plannedRun, epoch }));
  return { ...state, person: { ...state.person, epoch }, runs: [...runs, ...planned] };
}

function withEvent(state: State, which: 0 | 1, changed: Partial<Event>): State {
  const [hire, correction] = state.events;
  return { ...state, events: which === 0 ? [{ ...hire, ...changed }, correction] : [hire, { ...correction, ...changed }] };
}
