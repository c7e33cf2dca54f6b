import type { HistoryEvent } from './history-event.ts';
import type { CachedHistory, LiveInstance } from './instance.ts';
import type { WorkRows } from './work-rows.ts';

/** How much text of histories is kept. What is parsed beside it takes a few times as much. */
const MOST_CHARACTERS = 4_000_000;

/** Keeps the histories of the instances that ran last in memory, up to a size; the others are read again when they run. */
export class HistoryCache {
  readonly #work: WorkRows;
  readonly #limit: number;
  /** Each instance whose history is kept with its size, the one that ran last at the end. */
  readonly #kept = new Map<LiveInstance, number>();
  #size = 0;

  constructor(work: WorkRows, limit = MOST_CHARACTERS) {
    this.#work = work;
    this.#limit = limit;
  }

  /** The history of an instance up to now. */
  read(instance: LiveInstance): CachedHistory {
    const history = instance.history ?? this.#load(instance);
    instance.history = history;
    this.#keep(instance, history);
    return history;
  }

  /** Adds what an episode brought, in memory and in the open batch. */
  append(instance: LiveInstance, events: readonly HistoryEvent[]): void {
    const texts = events.map((event) => JSON.stringify(event));
    this.#work.addHistory(instance.key, instance.episode, `[${texts.join(',')}]`);
    instance.episode += 1;
    if (!instance.history) return;
    for (const event of events) instance.history.events.push(event);
    for (const text of texts) instance.history.texts.push(text.slice(0, -1));
    this.#keep(instance, instance.history);
  }

  /** Lets go of an instance that has ended. */
  forget(instance: LiveInstance): void {
    this.#size -= this.#kept.get(instance) ?? 0;
    this.#kept.delete(instance);
    instance.history = undefined;
  }

  #keep(instance: LiveInstance, history: CachedHistory): void {
    this.#size -= this.#kept.get(instance) ?? 0;
    this.#kept.delete(instance);
    const size = history.texts.reduce((sum, text) => sum + text.length, 0);
    this.#kept.set(instance, size);
    this.#size += size;
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= this.#limit) return;
      // One that runs now has its history in its hands: it would be read again for nothing.
      if (!oldest.isBusy) this.forget(oldest);
    }
  }

  #load(instance: LiveInstance): CachedHistory {
    const pieces = this.#work.readHistory(instance.key);
    const events = pieces.flatMap((piece) => JSON.parse(piece.events) as HistoryEvent[]);
    instance.episode = (pieces.at(-1)?.episode ?? -1) + 1;
    return { events, texts: events.map((event) => JSON.stringify(event).slice(0, -1)) };
  }
}
