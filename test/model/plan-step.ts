import { answersAtOnce, type AtWork, goOn, settled } from './at-work.ts';
import { isCurrent } from './change-state.ts';
import type { Move } from './state.ts';

/** What the task plans from what it sees now (`create-account`, `send-mail`). */
export function planStep(at: AtWork): readonly Move[] {
  if (at.worker.place === 'mail') return [goOn(at, 'plans the mail', { doing: 'open', change: 'mail' })];
  const { person, world } = at.state;
  const wants = person.revision;
  if (!person.isLinked) {
    const absent = goOn(at, `sees no account; plans to create it as of revision ${wants}`, { doing: 'open', change: 'create', wants });
    const found = goOn(at, 'finds an account with the employee id', { doing: 'adopt' });
    return [...(world.isShown ? [] : [absent]), ...(world.accounts > 0 ? [found] : [])];
  }
  const hidden = world.isShown ? [] : [settled(at, 'waits until the linked account can be seen', 'waiting')];
  if (world.version === wants) return [...hidden, settled(at, 'sees that the account is as it should be', 'done')];
  return [...hidden, goOn(at, `plans to update the account to revision ${wants}`, { doing: 'open', change: 'update', wants })];
}

/** `adopt`: one transaction, which checks the epoch. Then the task plans again. */
export function adopt(at: AtWork): Move {
  const { state, worker } = at;
  if (!isCurrent(state, worker.run)) return answersAtOnce(at, 'learns that the run is superseded', 'superseded');
  return goOn(at, 'links the account', { doing: 'plan' }, { ...state, person: { ...state.person, isLinked: true } });
}
