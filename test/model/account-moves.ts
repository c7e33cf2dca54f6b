import { type AtWork, changeOf, goOn, intentOf, settled } from './at-work.ts';
import { breaks, isCurrent, withIntent } from './change-state.ts';
import { has } from './setting.ts';
import type { Move, State, World } from './state.ts';

/** `applyReach` for the account: look, mark, send, look again. */
export function accountMoves(at: AtWork): readonly Move[] {
  switch (at.worker.doing) {
    case 'look':
      return look(at);
    case 'mark':
      return [markSending(at, -1)];
    case 'send':
      return at.worker.change === 'create' ? create(at) : update(at);
    default:
      return verify(at);
  }
}

function look(at: AtWork): readonly Move[] {
  const { worker, setting, state } = at;
  const { accounts, isShown } = state.world;
  if (has(setting, 'no look on take-over')) return [goOn(at, 'does not look', { doing: 'mark' })];
  const seen = accounts === 0 ? [] : lookAt(at);
  if (isShown) return seen;
  if (worker.change === 'update') return [...seen, goOn(at, 'does not see the account', { doing: 'release' })];
  const again = goOn(at, 'sees no account, and looks again', { doing: 'release' });
  const write = goOn(at, 'sees no account', { doing: 'mark' });
  if (!worker.sawSent) return [...seen, write];
  // What was sent is shown within the time of visibility; what is not shown by then was not done.
  return accounts > 0 ? [...seen, again] : [again, write];
}

function lookAt(at: AtWork): readonly Move[] {
  if (at.state.world.version === at.worker.wants) return [goOn(at, 'sees the account as it should be', { doing: 'close', result: 'done' })];
  return at.worker.change === 'update' ? [goOn(at, 'sees the account otherwise', { doing: 'mark' })] : otherwise(at);
}

/** The account is there, from another revision than the one that this create was planned from. */
function otherwise(at: AtWork): readonly Move[] {
  const waits = goOn(at, 'sees the account, not as written, and looks again', { doing: 'release' });
  if (!at.worker.sawSent)
    return [
      has(at.setting, 'a found account is waited for')
        ? waits
        : goOn(at, 'sees an account that it did not create', { doing: 'close', result: 'plan-again' }),
    ];
  return at.worker.isResuming
    ? [waits, goOn(at, 'sees the account, not as written, for a quarter of an hour', { doing: 'close', result: 'given-up' })]
    : [waits];
}

/** `markSending`: only while the lease that was given stands in the row. */
export function markSending(at: AtWork, draft: number): Move {
  const { state, worker } = at;
  const change = changeOf(at);
  if (intentOf(at).state !== 'open' || !worker.ownsLease) return settled(at, 'sees that another worker took over', 'waiting');
  return goOn(
    at,
    `marks the ${change} as being sent`,
    { doing: 'send', draft },
    withIntent(state, worker.run, change, { isSent: true, draft }),
  );
}

function create(at: AtWork): readonly Move[] {
  const { state, worker, setting } = at;
  const { world } = state;
  if (world.accounts > 0 && !has(setting, 'names are not unique in the target')) {
    return [...unsent(at), goOn(at, 'sends the create: the name is taken', { doing: 'close', result: 'plan-again' })];
  }
  return [...unsent(at), ...sent(at, { ...world, accounts: world.accounts + 1, version: worker.wants })];
}

function update(at: AtWork): readonly Move[] {
  return [...unsent(at), ...sent(at, { ...at.state.world, version: at.worker.wants })];
}

/** A request that did nothing: lost on its way, or put off. */
export function unsent(at: AtWork): readonly Move[] {
  const { change } = at.worker;
  return [
    answered(at, `sends the ${change}: lost on its way`, at.state),
    goOn(at, `sends the ${change}: asked to wait`, { doing: 'release', isPutOff: true }),
  ];
}

/** A request that was carried out, and answered or not. Its trace in the intent's row (`markAnswered`) decides nothing here, so it is left out. */
export function sent(at: AtWork, world: World): readonly Move[] {
  const state = written(at, { ...at.state, world });
  return [answered(at, `sends the ${at.worker.change}: it is carried out`, state)];
}

function answered(at: AtWork, label: string, state: State): Move {
  return has(at.setting, 'closed without a look')
    ? goOn(at, label, { doing: 'close', result: 'done' }, state)
    : goOn(at, label, { doing: 'verify' }, state);
}

function written(at: AtWork, state: State): State {
  const { worker } = at;
  const isWithinLease = worker.ownsLease && intentOf(at).lease === 'live';
  const checked = isWithinLease ? state : breaks(state, 'a worker writes only within its lease');
  return worker.wasCurrent || isCurrent(state, worker.run)
    ? checked
    : breaks(checked, 'a superseded run writes only within a lease from before');
}

function verify(at: AtWork): readonly Move[] {
  const { accounts, isShown, version } = at.state.world;
  const isSo = accounts > 0 && version === at.worker.wants;
  const hidden = goOn(at, 'does not see it yet', { doing: 'release' });
  const seen = goOn(at, 'sees the account as it should be', { doing: 'close', result: 'done' });
  return isSo ? [seen, ...(isShown ? [] : [hidden])] : [hidden];
}
