import type { HistoryEvent } from './history-event.ts';
import type { CachedHistory, LiveInstance } from './instance.ts';
import type { WorkRows } from './work-rows.ts';

const MOST_INSTANCES = 1000;

/** Keeps the histories of the instances that ran last in memory; the others are read again when they run. */
export class HistoryCache {
  readonly #work: WorkRows;
  readonly #recent = new Set<LiveInstance>();

  constructor(work: WorkRows) {
    this.#work = work;
  }

  /** The history of an instance up to now. */
  read(instance: LiveInstance): CachedHistory {
    instance.history ??= this.#load(instance);
    this.#recent.delete(instance);
    this.#recent.add(instance);
    const [oldest] = this.#recent;
    if (oldest && this.#recent.size > MOST_INSTANCES) {
      this.#recent.delete(oldest);
      if (oldest !== instance && !oldest.isBusy) oldest.history = undefined;
    }
    return instance.history;
  }

  /** Adds what an episode brought, in memory and in the open batch. */
  append(instance: LiveInstance, events: readonly HistoryEvent[]): void {
    const texts = events.map((event) => JSON.stringify(event));
    this.#work.addHistory(instance.key, instance.episode, `[${texts.join(',')}]`);
    instance.episode += 1;
    instance.history?.events.push(...events);
    instance.history?.texts.push(...texts.map((text) => text.slice(0, -1)));
  }

  #load(instance: LiveInstance): CachedHistory {
    const pieces = this.#work.readHistory(instance.key);
    const events = pieces.flatMap((piece) => JSON.parse(piece.events) as HistoryEvent[]);
    instance.episode = (pieces.at(-1)?.episode ?? -1) + 1;
    return { events, texts: events.map((event) => JSON.stringify(event).slice(0, -1)) };
  }
}
