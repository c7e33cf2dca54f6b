import type { Setting } from './setting.ts';
import type { Attempt, Intent, Run, State } from './state.ts';

/** Nothing is known of the person; the events are in the queue. */
export function firstState({ events, copies, workers }: Setting): State {
  const waiting = { copies, reading: 0, isSettled: false } as const;
  const absent = { copies: 0, reading: 0, isSettled: true } as const;
  return {
    events: [waiting, events === 2 ? waiting : absent],
    person: { revision: 0, epoch: 0, isLinked: false },
    runs: [],
    workers: Array.from({ length: workers }, () => null),
    world: { accounts: 0, isShown: false, version: 0, drafts: [] },
    freezes: 0,
    broken: [],
  };
}

export const noIntent: Intent = { state: 'none', lease: 'free', isSent: false, wants: 0, draft: -1, outcome: 'none' };
export const plannedRun: Run = {
  epoch: 0,
  state: 'planned',
  attempts: [],
  steps: { account: 'none', mail: 'none' },
  intents: { create: noIntent, update: noIntent, mail: noIntent },
};
export const begunAttempt: Attempt = { place: 'none', starts: 1 };
