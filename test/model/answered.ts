import { runOf, withPlace, withWorker } from './change-state.ts';
import type { Setting } from './setting.ts';
import type { Place, State, Task, Worker } from './state.ts';

/** The orchestrator takes the first answer to the call that it waits for and goes on; a later one is dropped. The worker is free. */
export function answered(setting: Setting, state: State, slot: number): State {
  const worker = state.workers[slot];
  if (worker == null) throw new Error('Nobody answers.');
  const asked = runOf(state, worker.run).attempts[worker.attempt]?.place;
  const next = asked === worker.place ? withPlace(state, worker.run, worker.attempt, { place: nextPlace(worker, setting.tasks) }) : state;
  return withWorker(next, slot, null);
}

function nextPlace({ place, result }: Worker, tasks: readonly Task[]): Place {
  if (result === 'superseded' || place === 'end') return 'over';
  if (result === 'waiting') return place;
  if (result === 'failed' || result === 'unknown') return 'end';
  const order: readonly Place[] = ['claim', ...tasks, 'end'];
  return order[order.indexOf(place) + 1] ?? 'over';
}
