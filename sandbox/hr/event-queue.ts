import type { DatabaseSync } from 'node:sqlite';
import type { World } from '../foundation/world.ts';
import type { Worker } from './worker-schema.ts';

/** Whose outgoing queue: each HR system has tables of its own. */
export type QueueName = 'hr' | 'bamboo';

/** An event in the outgoing queue. `body` is the text that is signed and posted, the same at every attempt. */
export type QueuedEvent = { readonly sequence: number; readonly workerId: string; readonly body: string; readonly attempts: number };

/** What became of an attempt: `delivered` and `refused` are final. Times in milliseconds of the wall clock. */
export type Attempt =
  | { readonly is: 'delivered' | 'refused'; readonly status: number }
  | { readonly is: 'failed'; readonly problem: string; readonly dueAt: number };

/** The most events that one post may hold. */
const largestBatch = 1000;

/** Creates the tables of an outgoing queue and of its webhook's address. */
export function prepareEventQueue(database: DatabaseSync, queue: QueueName): void {
  database.exec(`
    CREATE TABLE IF NOT EXISTS ${queue}_events (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT, worker_id TEXT NOT NULL, body TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'pending',
      attempts INTEGER NOT NULL DEFAULT 0, due_at INTEGER NOT NULL DEFAULT 0, result TEXT);
    CREATE INDEX IF NOT EXISTS ${queue}_events_pending ON ${queue}_events (due_at, sequence) WHERE state = 'pending';
    CREATE TABLE IF NOT EXISTS ${queue}_webhook (url TEXT NOT NULL)`);
}

/** Queues a body that tells of a worker. To be called in the transaction that changed the worker. */
export function enqueueBody(database: DatabaseSync, queue: QueueName, event: Pick<QueuedEvent, 'workerId' | 'body'>): void {
  database.prepare(`INSERT INTO ${queue}_events (worker_id, body) VALUES (?, ?)`).run(event.workerId, event.body);
}

/** Queues the event that tells of the worker as they now are. To be called in the transaction that changed the worker. */
export function enqueueEvent(world: World, worker: Worker): void {
  enqueueBody(world.database, 'hr', { workerId: worker.workerId, body: JSON.stringify(eventOf(worker)) });
}

/** Queues events as one post `{"events": […]}`, or as several where they are more than a post may hold. */
export function enqueueBatch(world: World, workers: readonly Worker[]): void {
  for (let start = 0; start < workers.length; start += largestBatch) {
    const events = workers.slice(start, start + largestBatch).map(eventOf);
    enqueueBody(world.database, 'hr', { workerId: `${events.length} workers`, body: JSON.stringify({ events }) });
  }
}

function eventOf(worker: Worker): unknown {
  const { updatedAt, ...told } = worker;
  return { id: `evt-${worker.workerId}-${worker.revision}`, occurredAt: updatedAt, worker: told };
}

/** The oldest pending events that are due, but none of `except`. */
export function dueEvents(
  database: DatabaseSync,
  queue: QueueName,
  query: { readonly now: number; readonly except: ReadonlySet<number>; readonly limit: number },
): readonly QueuedEvent[] {
  return database
    .prepare(
      `SELECT sequence, worker_id, body, attempts FROM ${queue}_events WHERE state = 'pending' AND due_at <= ? ORDER BY sequence LIMIT ?`,
    )
    .all(query.now, query.limit + query.except.size)
    .map((row) => ({
      sequence: Number(row['sequence']),
      workerId: String(row['worker_id']),
      body: String(row['body']),
      attempts: Number(row['attempts']),
    }))
    .filter((event) => !query.except.has(event.sequence))
    .slice(0, query.limit);
}

/** When the next pending event is due after `now`, in milliseconds of the wall clock; undefined when none is. */
export function nextDueAt(database: DatabaseSync, queue: QueueName, now: number): number | undefined {
  const row = database.prepare(`SELECT MIN(due_at) AS due FROM ${queue}_events WHERE state = 'pending' AND due_at > ?`).get(now);
  return typeof row?.['due'] === 'number' ? row['due'] : undefined;
}

/** Notes what became of an attempt. */
export function settleAttempt(
  database: DatabaseSync,
  queue: QueueName,
  settled: { readonly sequence: number; readonly attempt: Attempt },
): void {
  const { sequence, attempt } = settled;
  const [state, dueAt, result] =
    attempt.is === 'failed' ? ['pending', attempt.dueAt, attempt.problem] : [attempt.is, 0, `HTTP ${attempt.status}`];
  database
    .prepare(`UPDATE ${queue}_events SET state = ?, due_at = ?, result = ?, attempts = attempts + 1 WHERE sequence = ?`)
    .run(state, dueAt, result, sequence);
}

/** Where events are posted; undefined until it was set. */
export function webhookUrl(database: DatabaseSync, queue: QueueName): string | undefined {
  const row = database.prepare(`SELECT url FROM ${queue}_webhook`).get();
  return row === undefined ? undefined : String(row['url']);
}

/** Sets where events are posted, for good, and makes waiting events due at once. */
export function setWebhookUrl(database: DatabaseSync, queue: QueueName, url: string): void {
  database.exec(`DELETE FROM ${queue}_webhook; UPDATE ${queue}_events SET due_at = 0 WHERE state = 'pending'`);
  database.prepare(`INSERT INTO ${queue}_webhook VALUES (?)`).run(url);
}

/** The outgoing events with what became of them, oldest first. */
export function eventStates(database: DatabaseSync, queue: QueueName): readonly unknown[] {
  return database
    .prepare(`SELECT sequence, worker_id, body, state, attempts, result FROM ${queue}_events ORDER BY sequence`)
    .all()
    .map(({ worker_id: workerId, body, ...rest }) => ({ ...rest, workerId, event: JSON.parse(String(body)) as unknown }));
}
