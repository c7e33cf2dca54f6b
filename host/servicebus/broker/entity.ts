import type { QueueDefinition } from '../definition/queue-definition.ts';
import type { MessageStore } from '../store/message-store.ts';
import { Feed } from './feed.ts';
import type { HandedMessage } from './handed-message.ts';
import type { HeldSession } from './held-session.ts';
import { MessageLocks } from './message-locks.ts';
import { Sessions } from './sessions.ts';

/** What a queue's dead-letter queue is called under the queue: learn.microsoft.com/azure/service-bus-messaging/service-bus-dead-letter-queues. */
const DEAD_LETTER_SUFFIX = '/$deadletterqueue';

/** A queue, a subscription, or the dead-letter queue of one, with what is going on in it. None of this outlives the process; the messages do. */
export class Entity {
  readonly id: number;
  /** As the definition spells it. */
  readonly name: string;
  readonly definition: QueueDefinition;
  /** Absent for a dead-letter queue. */
  readonly deadLetters: Entity | undefined;
  readonly feed: Feed;
  readonly locks = new MessageLocks();
  readonly sessions: Sessions;
  readonly consumers = new Set<Consumer>();

  constructor(store: MessageStore, definition: QueueDefinition, deadLetters: Entity | undefined) {
    this.name = definition.name;
    this.id = store.queueId(definition.name.toLowerCase());
    this.definition = definition;
    this.deadLetters = deadLetters;
    this.feed = new Feed(store, this.id, null);
    this.sessions = new Sessions(definition.requiresSession ? store.sessions(this.id) : []);
  }

  /** A receiver that is still there holds a message or a session. */
  isHeld(): boolean {
    return this.sessions.areHeld() || this.locks.all().some(({ isHeld }) => isHeld?.());
  }
}

/** A queue together with its dead-letter queue, which has no sessions, no limit of deliveries and no time to live. */
export function createEntity(store: MessageStore, definition: QueueDefinition): Entity {
  const { lockDurationMs, duplicateWindowMs } = definition;
  const deadLetters = new Entity(
    store,
    {
      name: definition.name + DEAD_LETTER_SUFFIX,
      requiresSession: false,
      lockDurationMs,
      maxDeliveryCount: Number.POSITIVE_INFINITY,
      requiresDuplicateDetection: false,
      duplicateWindowMs,
      deadLettersExpired: false,
    },
    undefined,
  );
  return new Entity(store, definition, deadLetters);
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
