import type { DatabaseSync } from 'node:sqlite';
import type { QueueDefinition } from '../queue-definition.ts';
import { CommitGroup } from '../store/commit-group.ts';
import { MessageStore } from '../store/message-store.ts';
import { SeenMessages } from '../store/seen-messages.ts';
import { SessionStateStore } from '../store/session-state-store.ts';
import { SCHEDULED } from '../store/stored-message.ts';
import type { Engine } from './engine.ts';
import { createEntity } from './entity.ts';
import type { Entity } from './entity.ts';
import { handOut } from './hand-out.ts';
import { grantSessions } from './hold-session.ts';
import { keepTime, nextDue } from './keep-time.ts';

/** The longest the broker sleeps while something is due later, so that a clock that is set forward is noticed. Milliseconds. */
const LONGEST_SLEEP_MS = 1000;
/** How long it sleeps when something due could not be done, such as dropping an expired message that a receiver holds. Milliseconds. */
const OVERDUE_SLEEP_MS = 50;

/** How many messages a queue holds. Deferred messages count as active. */
export interface QueueCounts {
  readonly active: number;
  readonly deadLetter: number;
  readonly scheduled: number;
}

export interface BrokerOptions {
  readonly database: DatabaseSync;
  readonly queues: readonly QueueDefinition[];
  readonly now: () => number;
  /** What was promised in this turn could not be kept: every receiver and sender must be cut off. */
  readonly onLost: (problem: Error) => void;
  readonly onProblem: (problem: Error) => void;
}

/** The queues and what goes on in them, without any protocol. */
export class Broker {
  readonly engine: Engine;
  readonly #options: BrokerOptions;
  #byPath: ReadonlyMap<string, Entity> = new Map();
  #byId: ReadonlyMap<number, Entity> = new Map();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: BrokerOptions) {
    this.#options = options;
    const { database, now } = options;
    const commits = new CommitGroup(database, {
      beforeCommit: () => this.#beforeCommit(),
      lost: (problem) => this.#lost(problem),
      effectFailed: options.onProblem,
    });
    this.engine = {
      messages: new MessageStore(database),
      sessionStates: new SessionStateStore(database),
      seen: new SeenMessages(database),
      commits,
      now,
      restless: new Set(),
      awaited: new Set(),
    };
    this.#load();
    commits.schedule();
  }

  /** The queue, or dead-letter queue, at a path; case does not count. */
  find(path: string): Entity | undefined {
    return this.#byPath.get(path.toLowerCase());
  }

  counts(): Record<string, QueueCounts> {
    const counted = this.engine.messages.counts();
    const messages = (entity: Entity | undefined, scheduled: boolean): number =>
      counted.reduce((sum, row) => (row.queue === entity?.id && (row.state === SCHEDULED) === scheduled ? sum + row.messages : sum), 0);
    return Object.fromEntries(
      this.#options.queues.map(({ name }) => {
        const entity = this.find(name);
        return [
          name,
          { active: messages(entity, false), deadLetter: messages(entity?.deadLetters, false), scheduled: messages(entity, true) },
        ];
      }),
    );
  }

  /** Commits what has been asked so far and sleeps for good. */
  stop(): void {
    this.engine.commits.close();
    clearTimeout(this.#timer);
  }

  #load(): void {
    const entities = this.#options.queues
      .map((queue) => createEntity(this.engine.messages, queue))
      .flatMap((entity) => (entity.deadLetters === undefined ? [entity] : [entity, entity.deadLetters]));
    this.#byPath = new Map(entities.map((entity) => [entity.name.toLowerCase(), entity]));
    this.#byId = new Map(entities.map((entity) => [entity.id, entity]));
  }

  #beforeCommit(): void {
    keepTime(this.engine, this.#byId);
    grantSessions(this.engine);
    handOut(this.engine);
    this.#sleep();
  }

  #sleep(): void {
    clearTimeout(this.#timer);
    const due = nextDue(this.engine, this.#byId);
    if (due === undefined) return;
    const wait = due - this.engine.now();
    this.#timer = setTimeout(() => this.engine.commits.schedule(), wait > 0 ? Math.min(LONGEST_SLEEP_MS, wait) : OVERDUE_SLEEP_MS);
  }

  #lost(problem: Error): void {
    // What is in memory may not match what is in the file any more; the file is right.
    this.engine.restless.clear();
    this.engine.awaited.clear();
    this.#load();
    this.#options.onLost(problem);
  }
}
