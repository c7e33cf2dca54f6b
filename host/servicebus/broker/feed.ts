import type { MessageStore } from '../store/message-store.ts';
import { ACTIVE } from '../store/stored-message.ts';
import type { StoredMessage } from '../store/stored-message.ts';
import { NumberHeap } from './number-heap.ts';

/**
 * The active messages of a queue, or of one session, each handed out once and in order of sequence number, until given back.
 * It holds one number, the last one seen, and those given back; the messages stay in the store.
 */
export class Feed {
  readonly #store: MessageStore;
  readonly #queue: number;
  readonly #session: string | null;
  readonly #givenBack = new NumberHeap();
  #seen = 0;
  #mayHoldMore = true;

  constructor(store: MessageStore, queue: number, session: string | null) {
    this.#store = store;
    this.#queue = queue;
    this.#session = session;
  }

  /** The next message, or undefined while there is none. */
  take(): StoredMessage | undefined {
    for (let seq = this.#givenBack.take(); seq !== undefined; seq = this.#givenBack.take()) {
      const message = this.#store.read(seq);
      if (message?.state === ACTIVE) return message;
    }
    if (!this.#mayHoldMore) return undefined;
    const message = this.#store.next(this.#queue, this.#session, this.#seen);
    if (message === undefined) this.#mayHoldMore = false;
    else this.#seen = message.seq;
    return message;
  }

  /** A message taken before may be handed out again. */
  giveBack(seq: number): void {
    this.#givenBack.add(seq);
  }

  /** The store has got a message for this feed. */
  grown(): void {
    this.#mayHoldMore = true;
  }
}
