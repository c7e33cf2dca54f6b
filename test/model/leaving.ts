import type { System } from './explore.ts';

/*
 * A small model of one person's two lanes: joining runs in `work`, a termination closes access in `contain` beside it, and what follows is taken away in `work` once that has ended. An event is one
 * transaction (epoch, superseding, planning, HR's lock); a run is claimed in one (with the lock), opens its intent in one, writes, looks and ends in one. Processes die anywhere. A worker that is at work on
 * an open intent of an older epoch is waited for, as its lease is.
 */

/** Something that is taken out, to see that the model notices. */
export type LeavingFault = 'older runs go on unlooked for' | 'the epoch is not checked' | 'taking away does not wait';

type Lane = 'work' | 'contain';
type Kind = 'join' | 'contain' | 'strip';
type Place = 'planned' | 'claimed' | 'opened' | 'written' | 'over';
type LeavingRun = {
  readonly kind: Kind;
  readonly epoch: number;
  readonly state: 'open' | 'superseded' | 'done';
  readonly place: Place;
  readonly isWorking: boolean;
};
type Leaving = {
  readonly told: readonly ('join' | 'leave')[];
  readonly epoch: number;
  readonly hasLeft: boolean;
  readonly isLocked: boolean;
  readonly runs: readonly LeavingRun[];
  readonly account: 'none' | 'enabled' | 'disabled';
  readonly isStripped: boolean;
  readonly broken: readonly string[];
};
type Move = { readonly label: string; readonly next: Leaving };

const laneOf = (kind: Kind): Lane => (kind === 'contain' ? 'contain' : 'work');
const isOpen = ({ state }: LeavingRun) => state === 'open';

/** Somebody is hired and leaves at once, in either order, with everything that may go wrong meanwhile. */
export function leaving(order: readonly ('join' | 'leave')[], faults: readonly LeavingFault[] = []): System<Leaving> {
  return {
    start: { told: order, epoch: 0, hasLeft: false, isLocked: false, runs: [], account: 'none', isStripped: false, broken: [] },
    key: (state) => JSON.stringify(state),
    moves: (state) => [...eventMoves(state, faults), ...state.runs.flatMap((_, number) => runMoves(state, number, faults))],
    broken: ({ broken, runs }) => [...broken, ...lanes(runs)],
    isGoodEnd: (state) =>
      state.told.length === 0 &&
      state.runs.every((run) => run.state !== 'open' && !run.isWorking) &&
      (!state.hasLeft || (state.account !== 'enabled' && state.isStripped)),
  };
}

function lanes(runs: readonly LeavingRun[]): readonly string[] {
  const atWork = runs.filter((run) => isOpen(run) && run.place !== 'planned').map(({ kind }) => laneOf(kind));
  return new Set(atWork).size < atWork.length ? ['one run at most in a lane'] : [];
}

/** Facts, not their order of arrival, decide: who has left has left, whichever event comes last. */
function eventMoves(state: Leaving, faults: readonly LeavingFault[]): readonly Move[] {
  const [event, ...told] = state.told;
  if (event === undefined) return [];
  const hasLeft = state.hasLeft || event === 'leave';
  const isChange = hasLeft !== state.hasLeft || state.epoch === 0;
  if (!isChange) return [{ label: `${event} is folded and changes nothing`, next: { ...state, told } }];
  const runs = state.runs.map((run) => (isOpen(run) ? { ...run, state: 'superseded' as const } : run));
  const epoch = state.epoch + 1;
  const plannedRun = (kind: Kind): LeavingRun => ({ kind, epoch, state: 'open', place: 'planned', isWorking: false });
  const fresh = !hasLeft
    ? [plannedRun('join')]
    : faults.includes('taking away does not wait')
      ? [plannedRun('contain'), plannedRun('strip')]
      : [plannedRun('contain')];
  return [{ label: `${event} is folded`, next: { ...state, told, epoch, hasLeft, runs: [...runs, ...fresh] } }];
}

function runMoves(state: Leaving, number: number, faults: readonly LeavingFault[]): readonly Move[] {
  const run = state.runs[number];
  if (run === undefined || run.place === 'over') return [];
  const { kind, place, isWorking } = run;
  const name = `${kind} ${number + 1}`;
  const dies: readonly Move[] = isWorking
    ? [
        {
          label: `the worker of ${name} dies`,
          next: withRun(state, number, { isWorking: false, place: place === 'planned' ? place : 'claimed' }),
        },
      ]
    : [];
  if (run.state === 'superseded' && !isWorking)
    return [{ label: `${name} learns that it is superseded`, next: withRun(state, number, { place: 'over' }) }];
  if (place === 'planned') return claim(state, number);
  return [...dies, ...workMoves(state, number, faults)];
}

function claim(state: Leaving, number: number): readonly Move[] {
  const { kind } = state.runs[number] ?? { kind: 'join' };
  const isTaken = state.runs.some(
    (other, at) => at !== number && isOpen(other) && other.place !== 'planned' && laneOf(other.kind) === laneOf(kind),
  );
  if (isTaken) return [];
  const isLocked = state.isLocked || kind === 'contain';
  return [
    { label: `${kind} ${number + 1} is claimed`, next: withRun({ ...state, isLocked }, number, { place: 'claimed', isWorking: true }) },
  ];
}

function workMoves(state: Leaving, number: number, faults: readonly LeavingFault[]): readonly Move[] {
  const run = state.runs[number];
  if (run === undefined) return [];
  const name = `${run.kind} ${number + 1}`;
  if (!run.isWorking) return [{ label: `${name} is taken up again`, next: withRun(state, number, { isWorking: true }) }];
  switch (run.place) {
    case 'claimed':
      return [open(state, number, faults)];
    case 'opened':
      return [{ label: `${name} writes`, next: withRun(written(state, run.kind), number, { place: 'written' }) }];
    default:
      return end(state, number, faults);
  }
}

/** Opening the intent: the epoch and the lock are compared in one transaction. */
function open(state: Leaving, number: number, faults: readonly LeavingFault[]): Move {
  const run = state.runs[number];
  const isOld = run?.epoch !== state.epoch && !faults.includes('the epoch is not checked');
  const isShut = run?.kind === 'join' && state.isLocked && !faults.includes('the epoch is not checked');
  if (isOld || isShut)
    return { label: `run ${number + 1} may not open its intent`, next: withRun(state, number, { place: 'over', isWorking: false }) };
  return { label: `run ${number + 1} opens its intent`, next: withRun(state, number, { place: 'opened' }) };
}

function written(state: Leaving, kind: Kind): Leaving {
  if (kind === 'join') return { ...state, account: 'enabled' };
  if (kind === 'contain') return { ...state, account: state.account === 'none' ? 'none' : 'disabled' };
  const isEarly = !state.runs.some((run) => run.kind === 'contain' && run.state === 'done');
  return { ...state, isStripped: true, broken: isEarly ? ['what is taken away waits until access is closed'] : state.broken };
}

/** Containment is over when nobody of an older epoch holds an open intent and what was closed is seen closed; the next stage is planned in the transaction that ends it. */
function end(state: Leaving, number: number, faults: readonly LeavingFault[]): readonly Move[] {
  const run = state.runs[number];
  if (run === undefined) return [];
  if (run.state === 'superseded')
    return [{ label: `run ${number + 1} ends as superseded`, next: withRun(state, number, { place: 'over', isWorking: false }) }];
  if (run.kind === 'contain' && !faults.includes('older runs go on unlooked for')) {
    const isOlderAtWork = state.runs.some(
      (other) => other.epoch < run.epoch && other.isWorking && (other.place === 'opened' || other.place === 'written'),
    );
    if (isOlderAtWork) return [];
    if (state.account === 'enabled')
      return [{ label: 'contain finds it open and closes it again', next: withRun(state, number, { place: 'claimed' }) }];
  }
  const ended = withRun(state, number, { state: 'done', place: 'over', isWorking: false });
  const isOpenStill = run.kind === 'contain' && state.account === 'enabled';
  const strip: LeavingRun = { kind: 'strip', epoch: run.epoch, state: 'open', place: 'planned', isWorking: false };
  const next = run.kind === 'contain' ? { ...ended, runs: [...ended.runs, strip] } : ended;
  return [
    {
      label: `run ${number + 1} ends as done`,
      next: { ...next, broken: isOpenStill ? ['closed is only said of what is closed'] : next.broken },
    },
  ];
}

function withRun(state: Leaving, number: number, changes: Partial<LeavingRun>): Leaving {
  const { runs } = state;
  return { ...state, runs: runs.map((run, at) => (at === number ? { ...run, ...changes } : run)) };
}
