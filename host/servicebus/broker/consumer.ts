import type { StoredMessage } from '../store/stored-message.ts';
import type { Entity } from './entity.ts';
import type { HeldSession } from './held-session.ts';
import type { MessageLock } from './message-locks.ts';

/** A message on its way to a receiver, under a lock unless it was removed when it was handed out. */
export interface HandedMessage {
  readonly message: StoredMessage;
  readonly lock: MessageLock | undefined;
}

/** A receiver, as the broker sees it. */
export interface Consumer {
  readonly entity: Entity;
  /** What it receives from, if it holds a session. */
  readonly session: HeldSession | undefined;
  /** Messages are removed when handed out: "receive and delete". */
  readonly removesOnReceive: boolean;
  /** How many messages it takes at present. */
  readonly capacity: () => number;
  /** Called after the commit that handed the message out. */
  readonly hand: (handed: HandedMessage) => void;
  /** Called after each commit before which it was offered what there was. */
  readonly served: () => void;
}
