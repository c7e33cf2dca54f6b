import type { DatabaseSync } from 'node:sqlite';
import type { World } from '../foundation/world.ts';
import type { Worker } from './worker-schema.ts';

/** An event in the outgoing queue. `body` is the text that is signed and posted, the same at every attempt. */
export type QueuedEvent = { readonly sequence: number; readonly workerId: string; readonly body: string; readonly attempts: number };

/** What became of an attempt: `delivered` and `refused` are final. Times in milliseconds of the wall clock. */
export type Attempt =
  | { readonly is: 'delivered' | 'refused'; readonly status: number }
  | { readonly is: 'failed'; readonly problem: string; readonly dueAt: number };

/** Creates the tables of the outgoing queue and of the webhook's address. */
export function prepareEventQueue(database: DatabaseSync): void {
  database.exec(`
    CREATE TABLE IF NOT EXISTS hr_events (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT, worker_id TEXT NOT NULL, body TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'pending',
      attempts INTEGER NOT NULL DEFAULT 0, due_at INTEGER NOT NULL DEFAULT 0, result TEXT);
    CREATE INDEX IF NOT EXISTS hr_events_pending ON hr_events (due_at, sequence) WHERE state = 'pending';
    CREATE TABLE IF NOT EXISTS hr_webhook (url TEXT NOT NULL)`);
}

/** Queues the event that tells of the worker as they now are. To be called in the transaction that changed the worker. */
export function enqueueEvent(world: World, worker: Worker): void {
  const { updatedAt, ...told } = worker;
  const body = JSON.stringify({ id: `evt-${worker.workerId}-${worker.revision}`, occurredAt: updatedAt, worker: told });
  world.database.prepare('INSERT INTO hr_events (worker_id, body) VALUES (?, ?)').run(worker.workerId, body);
}

/** The oldest pending events that are due, but none of `except`. */
export function dueEvents(
  database: DatabaseSync,
  now: number,
  query: { readonly except: ReadonlySet<number>; readonly limit: number },
): readonly QueuedEvent[] {
  return database
    .prepare("SELECT sequence, worker_id, body, attempts FROM hr_events WHERE state = 'pending' AND due_at <= ? ORDER BY sequence LIMIT ?")
    .all(now, query.limit + query.except.size)
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
export function nextDueAt(database: DatabaseSync, now: number): number | undefined {
  const row = database.prepare("SELECT MIN(due_at) AS due FROM hr_events WHERE state = 'pending' AND due_at > ?").get(now);
  return typeof row?.['due'] === 'number' ? row['due'] : undefined;
}

/** Notes what became of an attempt. */
export function settleAttempt(database: DatabaseSync, sequence: number, attempt: Attempt): void {
  const [state, dueAt, result] =
    attempt.is === 'failed' ? ['pending', attempt.dueAt, attempt.problem] : [attempt.is, 0, `HTTP ${attempt.status}`];
  database
    .prepare('UPDATE hr_events SET state = ?, due_at = ?, result = ?, attempts = attempts + 1 WHERE sequence = ?')
    .run(state, dueAt, result, sequence);
}

/** Where events are posted; undefined until it was set. */
export function webhookUrl(database: DatabaseSync): string | undefined {
  const row = database.prepare('SELECT url FROM hr_webhook').get();
  return row === undefined ? undefined : String(row['url']);
}

/** Sets where events are posted, for good, and makes waiting events due at once. */
export function setWebhookUrl(database: DatabaseSync, url: string): void {
  database.exec("DELETE FROM hr_webhook; UPDATE hr_events SET due_at = 0 WHERE state = 'pending'");
  database.prepare('INSERT INTO hr_webhook VALUES (?)').run(url);
}
