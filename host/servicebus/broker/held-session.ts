import type { Feed } from './feed.ts';
import { MessageLocks } from './message-locks.ts';

/** Who holds a session, and how to tell it that the hold has ended. */
export interface SessionOwner {
  /** The name of the receiving link; requests about the session must come in its name. */
  readonly linkName: string;
  /** Called when the session may have something to hand out. */
  readonly wake: () => void;
  /** Called after the session's lock has ended without the owner's doing. */
  readonly lost: () => void;
}

/** A session locked by one receiver: its messages go to that receiver alone, in order. */
export class HeldSession {
  readonly id: string;
  readonly owner: SessionOwner;
  readonly feed: Feed;
  readonly locks = new MessageLocks();
  /** The end of the lock, milliseconds since 1970. */
  until: number;
  /** No receiver holds it any more; what was handed out under it can no longer be settled. */
  over = false;

  constructor(id: string, owner: SessionOwner, feed: Feed, until: number) {
    this.id = id;
    this.owner = owner;
    this.feed = feed;
    this.until = until;
  }
}
