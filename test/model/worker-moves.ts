import { accountMoves } from './account-moves.ts';
import { runOf, withIntent, withWorker } from './change-state.ts';
import { mailMoves } from './mail-moves.ts';
import { frameMoves } from './frame-moves.ts';
import type { Setting } from './setting.ts';
import type { Change, Intent, Move, Place, State, Worker } from './state.ts';

/** Activities being called, delivered more than once, carried out step by step, and lost with the worker; and leases running out. */
export function workerMoves(setting: Setting, state: State): readonly Move[] {
  return [
    ...deliveries(setting, state),
    ...orphans(state),
    ...state.workers.flatMap((worker, slot) =>
      worker === null ? [] : [...workMoves(setting, state, slot, worker), ...misfortunes(setting, state, slot, worker)],
    ),
  ];
}

const fresh = {
  change: 'none',
  isResuming: false,
  isFrozen: false,
  wants: 0,
  ownsLease: false,
  wasCurrent: false,
  sawSent: false,
  sawDraft: -1,
  draft: -1,
  isPutOff: false,
  isOutrun: false,
  result: 'none',
} as const;

/** Each activity that an orchestrator waits for may be given to any free worker, as often as may be. */
function deliveries(setting: Setting, state: State): readonly Move[] {
  const slot = state.workers.indexOf(null);
  if (slot === -1) return [];
  return state.runs.flatMap((run, number) =>
    run.attempts.flatMap(({ place }, attempt): readonly Move[] => {
      const doing = firstOf(place);
      const inHand = state.workers.filter((one) => one?.run === number && one.attempt === attempt && one.place === place);
      const isAwaited = setting.isCalledAgain === 'when frozen' ? inHand.some((one) => one?.isFrozen === false) : inHand.length > 0;
      if (doing === undefined || (isAwaited && setting.isCalledAgain !== 'at any time')) return [];
      const worker: Worker = { run: number, attempt, place, doing, ...fresh };
      return [
        { label: `worker ${slot + 1}: is given “${place}” of run ${number + 1}.${attempt + 1}`, next: withWorker(state, slot, worker) },
      ];
    }),
  );
}

function firstOf(place: Place): Worker['doing'] | undefined {
  switch (place) {
    case 'none':
    case 'over':
      return undefined;
    case 'claim':
      return 'claim';
    case 'end':
      return 'weigh';
    case 'account':
    case 'mail':
      return 'begin';
  }
}

function workMoves(setting: Setting, state: State, slot: number, worker: Worker): readonly Move[] {
  const at = { setting, state, slot, worker };
  const moves = frameMoves(at) ?? (worker.change === 'mail' ? mailMoves(at) : accountMoves(at));
  return moves.map(({ label, next }) => ({ label: `worker ${slot + 1}: ${label}`, next }));
}

function misfortunes(setting: Setting, state: State, slot: number, worker: Worker): readonly Move[] {
  const { change, ownsLease } = worker;
  const lease = change === 'none' ? 'free' : runOf(state, worker.run).intents[change].lease;
  const left =
    ownsLease && change !== 'none' ? withIntent(state, worker.run, change, { lease: lease === 'live' ? 'orphan' : 'free' }) : state;
  const death: Move = { label: `worker ${slot + 1}: dies before it can ${worker.doing}`, next: withWorker(left, slot, null) };
  if (state.freezes >= setting.freezes || !ownsLease || change === 'none' || lease !== 'live') return [death];
  return [
    death,
    {
      label: `worker ${slot + 1}: is frozen until its lease has run out`,
      next: frozen(state, slot, worker, change),
    },
  ];
}

function frozen(state: State, slot: number, worker: Worker, change: Change): State {
  const expired = withIntent(state, worker.run, change, { lease: 'expired' });
  return { ...withWorker(expired, slot, { ...worker, isFrozen: true }), freezes: state.freezes + 1 };
}

function orphans(state: State): readonly Move[] {
  return state.runs.flatMap(({ intents }, number) =>
    (Object.entries(intents) as [Change, Intent][])
      .filter(([, { lease }]) => lease === 'orphan')
      .map(([change]) => ({
        label: `the lease of the ${change} of run ${number + 1}, whose worker died, runs out`,
        next: withIntent(state, number, change, { lease: 'free' }),
      })),
  );
}
