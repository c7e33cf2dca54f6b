import { runOf, withPlace, withRun } from './change-state.ts';
import { begunAttempt } from './first-state.ts';
import { has, type Setting } from './setting.ts';
import type { Move, State } from './state.ts';

/** Starts of runs (`beginStart`, then `startNew`, at least once and perhaps late), and what is found abandoned (`park`). */
export function runMoves(setting: Setting, state: State): readonly Move[] {
  return state.runs.flatMap((_, number) => [
    ...begin(setting, state, number),
    ...recover(setting, state, number),
    ...startCalls(setting, state, number),
  ]);
}

function begin(setting: Setting, state: State, number: number): readonly Move[] {
  const run = runOf(state, number);
  const isLaneFree = !state.runs.some((other) => other.state === 'starting' || other.state === 'active');
  if (run.state !== 'planned' || !(isLaneFree || has(setting, 'lanes are not unique'))) return [];
  return [
    {
      label: `run ${number + 1}: planned → starting`,
      next: withRun(state, number, { state: 'starting', attempts: [...run.attempts, begunAttempt] }),
    },
  ];
}

/** A run that is active is planned again when its instance is taken for lost: asking for its status may have failed. */
function recover(setting: Setting, state: State, number: number): readonly Move[] {
  const run = runOf(state, number);
  if (run.state !== 'active' || run.attempts.length >= setting.attempts) return [];
  return [
    { label: `run ${number + 1}: its instance is taken for lost; active → planned`, next: withRun(state, number, { state: 'planned' }) },
  ];
}

function startCalls(setting: Setting, state: State, number: number): readonly Move[] {
  const run = runOf(state, number);
  return run.attempts.flatMap(({ starts, place }, attempt) => {
    const moves: Move[] = [];
    const name = `run ${number + 1}.${attempt + 1}`;
    const isAskedAgain =
      run.state === 'starting' &&
      attempt === run.attempts.length - 1 &&
      starts < setting.starts &&
      !has(setting, 'starts are not repeated');
    if (isAskedAgain)
      moves.push({ label: `${name}: its start is repeated`, next: withPlace(state, number, attempt, { starts: starts + 1 }) });
    if (starts === 0) return moves;
    const exists = place !== 'none' && place !== 'over';
    // An instance that is over may be overwritten by a start under the same id: it begins anew.
    moves.push({
      label: `${name}: ${exists ? 'startNew finds that it exists' : 'startNew begins the instance'}`,
      next: withPlace(state, number, attempt, { starts: starts - 1, place: exists ? place : 'claim' }),
    });
    moves.push({ label: `${name}: the starter dies before startNew`, next: withPlace(state, number, attempt, { starts: starts - 1 }) });
    return moves;
  });
}
