import type { DatabaseSync } from 'node:sqlite';
import type { Alarm, Clock } from '../../clock/clock.ts';
import type { NamespaceDefinition } from '../definition/topic-definition.ts';
import { CommitGroup } from '../store/commit-group.ts';
import { MessageStore } from '../store/message-store.ts';
import { RuleStore } from '../store/rule-store.ts';
import { SeenMessages } from '../store/seen-messages.ts';
import { SessionStateStore } from '../store/session-state-store.ts';
import { SCHEDULED } from '../store/stored-message.ts';
import { Directory } from './directory.ts';
import type { Engine } from './engine.ts';
import { handOut } from './hand-out.ts';
import { grantSessions } from './hold-session.ts';
import { keepTime, nextDue } from './keep-time.ts';
import { Topic } from './topic.ts';

/** How long what is due rests after it could not be kept, such as on a full disk. Milliseconds of wall time. */
const RETRY_MS = 1000;

/** How many messages a queue, subscription or topic holds. Deferred messages count as active. */
export interface QueueCounts {
  readonly active: number;
  readonly deadLetter: number;
  readonly scheduled: number;
}

export interface BrokerOptions {
  readonly database: DatabaseSync;
  readonly namespace: NamespaceDefinition;
  readonly clock: Clock;
  /** What was promised in this turn could not be kept: every receiver and sender must be cut off. */
  readonly onLost: (problem: Error) => void;
  readonly onProblem: (problem: Error) => void;
}

/** The queues and topics and what goes on in them, without any protocol. */
export class Broker {
  readonly engine: Engine;
  readonly #options: BrokerOptions;
  readonly #rules: RuleStore;
  readonly #alarm: Alarm;
  #directory: Directory;
  #keptAt = -Infinity;
  #retry: NodeJS.Timeout | undefined;

  constructor(options: BrokerOptions) {
    this.#options = options;
    const { database, clock } = options;
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
      now: clock.now,
      restless: new Set(),
      awaited: new Set(),
    };
    this.#rules = new RuleStore(database);
    this.#directory = this.#load();
    this.#alarm = clock.wake({ nextDue: () => this.#nextDue(), ring: () => commits.schedule() });
    commits.schedule();
  }

  /** What there is: it is another directory after the broker has lost a turn. */
  get directory(): Directory {
    return this.#directory;
  }

  counts(): Record<string, QueueCounts> {
    const counted = this.engine.messages.counts();
    const messages = (id: number | undefined, scheduled: boolean): number =>
      counted.reduce((sum, row) => (row.queue === id && (row.state === SCHEDULED) === scheduled ? sum + row.messages : sum), 0);
    return Object.fromEntries(
      this.#directory.main().map((one) => {
        const deadLetters = one instanceof Topic ? undefined : one.deadLetters?.id;
        const counts = { active: messages(one.id, false), deadLetter: messages(deadLetters, false), scheduled: messages(one.id, true) };
        return [one.name, counts];
      }),
    );
  }

  /** Nothing waits for a commit, and no receiver that is there holds a message or a session. */
  isIdle(): boolean {
    return this.engine.commits.isIdle() && this.#directory.entities.every((entity) => !entity.isHeld());
  }

  /** Commits what has been asked so far and sleeps for good. */
  stop(): void {
    this.engine.commits.close();
    this.#alarm.off();
    clearTimeout(this.#retry);
  }

  #load(): Directory {
    return new Directory({ messages: this.engine.messages, rules: this.#rules }, this.#options.namespace);
  }

  #beforeCommit(): void {
    this.#keptAt = this.engine.now();
    const hasMore = keepTime(this.engine, this.#directory);
    grantSessions(this.engine);
    handOut(this.engine);
    this.#alarm.reset();
    if (hasMore) this.engine.commits.schedule();
  }

  #nextDue(): number | undefined {
    return this.#retry ? undefined : nextDue(this.engine, this.#directory, this.#keptAt);
  }

  #lost(problem: Error): void {
    this.#keptAt = -Infinity;
    this.#retryLater();
    // What is in memory may not match what is in the file any more; the file is right.
    this.engine.restless.clear();
    this.engine.awaited.clear();
    this.#directory = this.#load();
    this.#options.onLost(problem);
  }

  // Until then nothing counts as due: a disk that is full would be tried again at once.
  #retryLater(): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.engine.commits.schedule();
    }, RETRY_MS);
  }
}
