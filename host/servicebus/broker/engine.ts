import type { CommitGroup } from '../store/commit-group.ts';
import type { MessageStore } from '../store/message-store.ts';
import type { SeenMessages } from '../store/seen-messages.ts';
import type { SessionStateStore } from '../store/session-state-store.ts';
import type { Consumer, Entity } from './entity.ts';

/** What every operation of the broker works with. */
export interface Engine {
  readonly messages: MessageStore;
  readonly sessionStates: SessionStateStore;
  readonly seen: SeenMessages;
  readonly commits: CommitGroup;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Receivers for which there may be something; served before the next commit. */
  readonly restless: Set<Consumer>;
  /** Queues where a receiver waits for a session and one may have become available. */
  readonly awaited: Set<Entity>;
}
