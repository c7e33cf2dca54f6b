import type { Setting } from './setting.ts';
import type { Change, Intent, Law, Run, State, Worker } from './state.ts';

/** The run with this number. Throws where there is none. */
export function runOf(state: State, number: number): Run {
  const run = state.runs[number];
  if (run === undefined) throw new Error(`There is no run ${number}.`);
  return run;
}

/** Whether the run has the person's epoch. */
export function isCurrent(state: State, number: number): boolean {
  return runOf(state, number).epoch === state.person.epoch;
}

export function withRun(state: State, number: number, changed: Partial<Run>): State {
  return { ...state, runs: state.runs.map((run, index) => (index === number ? { ...run, ...changed } : run)) };
}

/** What is followed of the instances of a run that is over. */
export function remaining({ areEndedFollowed }: Setting, { attempts }: Run): Run['attempts'] {
  return areEndedFollowed ? attempts : attempts.map(() => ({ place: 'over', starts: 0 }));
}

export function withPlace(state: State, number: number, attempt: number, changed: Partial<Run['attempts'][number]>): State {
  const attempts = runOf(state, number).attempts.map((one, index) => (index === attempt ? { ...one, ...changed } : one));
  return withRun(state, number, { attempts });
}

export function withWorker(state: State, slot: number, worker: Worker | null): State {
  return { ...state, workers: state.workers.map((one, index) => (index === slot ? worker : one)) };
}

export function withIntent(state: State, number: number, change: Change, changed: Partial<Intent>): State {
  const { intents } = runOf(state, number);
  return withRun(state, number, { intents: { ...intents, [change]: { ...intents[change], ...changed } } });
}

/** Nobody holds the lease of the intent any more: what workers remember of it is not what the row says. */
export function disown(state: State, number: number, change: Change): State {
  const workers = state.workers.map((one) =>
    one?.ownsLease === true && one.run === number && one.change === change ? { ...one, ownsLease: false } : one,
  );
  return { ...state, workers };
}

export function breaks(state: State, law: Law): State {
  return state.broken.includes(law) ? state : { ...state, broken: [...state.broken, law] };
}
