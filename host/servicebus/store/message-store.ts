import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { ACTIVE, DEFERRED, SCHEDULED, toStoredMessage } from './stored-message.ts';
import type { MessageState, NewMessage, StoredMessage } from './stored-message.ts';

const SQL = {
  insert: `INSERT INTO message (queue, session, state, enqueued_at, due_at, expires_at, deliveries, source, content)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  remove: 'DELETE FROM message WHERE seq = ?',
  read: 'SELECT * FROM message WHERE seq = ?',
  countDelivery: 'UPDATE message SET deliveries = deliveries + ? WHERE seq = ?',
  rewrite: 'UPDATE message SET state = ?, content = ? WHERE seq = ?',
  next: `SELECT * FROM message WHERE queue = ? AND state = ${ACTIVE} AND seq > ? ORDER BY seq LIMIT 1`,
  nextInSession: `SELECT * FROM message WHERE queue = ? AND session = ? AND state = ${ACTIVE} AND seq > ? ORDER BY seq LIMIT 1`,
  from: 'SELECT * FROM message WHERE queue = ? AND state = ? AND seq >= ? ORDER BY seq LIMIT ?',
  fromInSession: 'SELECT * FROM message WHERE queue = ? AND session = ? AND state = ? AND seq >= ? ORDER BY seq LIMIT ?',
  sessions: `SELECT session FROM message WHERE queue = ? AND session IS NOT NULL AND state = ${ACTIVE} GROUP BY session ORDER BY min(seq)`,
  due: `SELECT * FROM message WHERE state = ${SCHEDULED} AND due_at <= ? ORDER BY due_at, seq LIMIT ?`,
  earliestDue: `SELECT min(due_at) AS at FROM message WHERE state = ${SCHEDULED}`,
  expired: 'SELECT * FROM message WHERE expires_at IS NOT NULL AND expires_at <= ? ORDER BY expires_at LIMIT ?',
  earliestExpiry: 'SELECT min(expires_at) AS at FROM message WHERE expires_at > ?',
  counts: 'SELECT queue, state, count(*) AS messages FROM message GROUP BY queue, state',
  addQueue: 'INSERT INTO queue (path) VALUES (?)',
  queueId: 'SELECT id FROM queue WHERE path = ?',
} as const;

/** How many messages of one queue are in one state. */
export interface StateCount {
  readonly queue: number;
  readonly state: number;
  readonly messages: number;
}

/**
 * The waiting messages of all queues. Every call finds its rows by an index and leaves transactions to its caller.
 * Sequence numbers grow with each insert and are unique across queues.
 */
export class MessageStore {
  readonly #statements: Readonly<Record<keyof typeof SQL, StatementSync>>;

  constructor(database: DatabaseSync) {
    const prepare = (name: keyof typeof SQL): StatementSync => database.prepare(SQL[name]);
    this.#statements = {
      insert: prepare('insert'),
      remove: prepare('remove'),
      read: prepare('read'),
      countDelivery: prepare('countDelivery'),
      rewrite: prepare('rewrite'),
      next: prepare('next'),
      nextInSession: prepare('nextInSession'),
      from: prepare('from'),
      fromInSession: prepare('fromInSession'),
      sessions: prepare('sessions'),
      due: prepare('due'),
      earliestDue: prepare('earliestDue'),
      expired: prepare('expired'),
      earliestExpiry: prepare('earliestExpiry'),
      counts: prepare('counts'),
      addQueue: prepare('addQueue'),
      queueId: prepare('queueId'),
    };
  }

  /** The number that stands for a queue's path, given once and for ever. */
  queueId(path: string): number {
    const known = this.#statements.queueId.get(path);
    return Number(known === undefined ? this.#statements.addQueue.run(path).lastInsertRowid : known['id']);
  }

  /** Keeps a message and answers its sequence number. */
  insert(m: NewMessage): number {
    const done = this.#statements.insert.run(
      m.queue,
      m.session,
      m.state,
      m.enqueuedAt,
      m.dueAt,
      m.expiresAt,
      m.deliveries,
      m.source,
      m.content,
    );
    return Number(done.lastInsertRowid);
  }

  remove(seq: number): void {
    this.#statements.remove.run(seq);
  }

  read(seq: number): StoredMessage | undefined {
    return one(this.#statements.read.get(seq));
  }

  /** Adds to (or takes back from) the number of times a message was handed out. */
  countDelivery(seq: number, by: 1 | -1): void {
    this.#statements.countDelivery.run(by, seq);
  }

  rewrite(seq: number, state: MessageState, content: Uint8Array): void {
    this.#statements.rewrite.run(state, content, seq);
  }

  /** The first active message of a queue, or of one of its sessions, after a sequence number. */
  next(queue: number, session: string | null, after: number): StoredMessage | undefined {
    if (session === null) return one(this.#statements.next.get(queue, after));
    return one(this.#statements.nextInSession.get(queue, session, after));
  }

  /** Messages in one state from a sequence number on, in order. */
  from(
    place: { readonly queue: number; readonly session: string | null; readonly state: MessageState },
    first: number,
    limit: number,
  ): readonly StoredMessage[] {
    const { queue, session, state } = place;
    if (session === null) return this.#statements.from.all(queue, state, first, limit).map(toStoredMessage);
    return this.#statements.fromInSession.all(queue, session, state, first, limit).map(toStoredMessage);
  }

  /** The sessions of a queue that have an active message, the longest waiting first. */
  sessions(queue: number): readonly string[] {
    return this.#statements.sessions.all(queue).map((row) => String(row['session']));
  }

  /** Scheduled messages whose time has come. */
  due(now: number, limit: number): readonly StoredMessage[] {
    return this.#statements.due.all(now, limit).map(toStoredMessage);
  }

  /** Messages whose time to live is over. */
  expired(now: number, limit: number): readonly StoredMessage[] {
    return this.#statements.expired.all(now, limit).map(toStoredMessage);
  }

  earliestDue(): number | undefined {
    return instant(this.#statements.earliestDue.get()?.['at']);
  }

  /** The first end of a time to live after an instant. */
  earliestExpiry(after: number): number | undefined {
    return instant(this.#statements.earliestExpiry.get(after)?.['at']);
  }

  counts(): readonly StateCount[] {
    return this.#statements.counts
      .all()
      .map((row) => ({ queue: Number(row['queue']), state: Number(row['state']), messages: Number(row['messages']) }));
  }
}

/** All states, in the order in which a browsing reader asks for them. */
export const EVERY_STATE: readonly MessageState[] = [ACTIVE, DEFERRED, SCHEDULED];

function one(row: Parameters<typeof toStoredMessage>[0] | undefined): StoredMessage | undefined {
  return row === undefined ? undefined : toStoredMessage(row);
}

function instant(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
