import { answersAtOnce, type AtWork, changeOf, goOn, intentOf, settled } from './at-work.ts';
import { disown, isCurrent, runOf, withIntent } from './change-state.ts';
import { has } from './setting.ts';
import type { Change, Intent, Move, Run, State } from './state.ts';

/** `openIntent`: one transaction. The epoch, the lease, and what another run has open on the same object. */
export function openIntent(at: AtWork): Move {
  const { state, worker, setting } = at;
  const change = changeOf(at);
  if (!isCurrent(state, worker.run) && !has(setting, 'the epoch is not checked'))
    return answersAtOnce(at, 'learns that the run is superseded', 'superseded');
  const row = intentOf(at);
  if (row.state === 'none') return openNew(at);
  if (row.state === 'closed' && row.outcome === 'done') return settled(at, `sees that the ${change} is done`, 'done');
  const isHeld = row.state === 'open' && (row.lease === 'live' || row.lease === 'orphan');
  if (isHeld && !has(setting, 'leases are not respected')) return settled(at, `finds another worker at the ${change}`, 'waiting');
  return committed(at, `takes the ${change} over`, row, disown(state, worker.run, change));
}

function openNew(at: AtWork): Move {
  const { state, worker, setting } = at;
  const change = changeOf(at);
  const other = state.runs.findIndex((run, number) => number !== worker.run && run.intents[change].state === 'open');
  if (other === -1 || has(setting, 'objects are not unique'))
    return committed(at, `opens the ${change}`, { ...intentOf(at), ...inherited(at, change) }, state);
  const left = runOf(state, other);
  const { lease } = left.intents[change];
  const isAbandoned = (lease === 'free' || lease === 'expired') && !isUnderWay(left);
  const label = `finds the ${change} of run ${other + 1} open`;
  if (!isAbandoned) return settled(at, label, 'waiting');
  const freed = disown(withIntent(state, other, change, { state: 'closed', lease: 'free', outcome: 'unknown' }), other, change);
  return settled(at, `${label}, left by a run that is over; closes it`, 'waiting', freed);
}

/** An act is performed once for its key, by whichever run: what an earlier one handed over is only looked for. */
function inherited({ state, setting }: AtWork, change: Change): Partial<Intent> {
  if (change !== 'mail' || has(setting, 'what a superseded run sent is forgotten')) return {};
  const earlier = state.runs.map((run) => run.intents[change]).findLast(({ isSent, outcome }) => isSent && outcome !== 'done');
  return earlier === undefined ? {} : { isSent: true, draft: earlier.draft };
}

function isUnderWay({ state }: Run): boolean {
  return state === 'planned' || state === 'starting' || state === 'active';
}

function committed(at: AtWork, label: string, row: Intent, state: State): Move {
  const { worker } = at;
  const change: Change = changeOf(at);
  const opened = withIntent(state, worker.run, change, { ...row, state: 'open', lease: 'live', wants: worker.wants, outcome: 'none' });
  return goOn(
    at,
    label,
    { doing: 'look', ownsLease: true, wasCurrent: isCurrent(state, worker.run), sawSent: row.isSent, sawDraft: row.draft },
    opened,
  );
}
