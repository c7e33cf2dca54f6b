import type { DatabaseSync } from 'node:sqlite';
import { lastSequence } from '../changes/read-changes.ts';

/** A notice to be queued. Times in milliseconds of the world. */
export type Notice = {
  readonly url: string;
  readonly subscriptionId: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly now: number;
  readonly dueAt: number;
  /** A dropped one is kept to be looked at, and never sent. */
  readonly state: 'pending' | 'dropped';
};

/** A notice that is due. `body` is one item of what is posted. */
export type DueNotice = {
  readonly id: number;
  readonly url: string;
  readonly body: unknown;
  readonly attempts: number;
  readonly createdAt: number;
};

const keptMost = 10_000;

/** Makes the outgoing queue and the mark up to which changes were looked at. */
export function prepareNotifications(database: DatabaseSync): void {
  database.exec(`
    CREATE TABLE IF NOT EXISTS graph_notifications (
      id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL, subscription_id TEXT NOT NULL, body TEXT NOT NULL, state TEXT NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL, due_at INTEGER NOT NULL, result TEXT);
    CREATE INDEX IF NOT EXISTS graph_notifications_pending ON graph_notifications (due_at, id) WHERE state = 'pending';
    CREATE TABLE IF NOT EXISTS graph_notified (sequence INTEGER NOT NULL)`);
}

/** Queues a notice. */
export function enqueueNotice(database: DatabaseSync, notice: Notice): void {
  database
    .prepare('INSERT INTO graph_notifications (url, subscription_id, body, state, created_at, due_at) VALUES (?, ?, ?, ?, ?, ?)')
    .run(notice.url, notice.subscriptionId, JSON.stringify(notice.body), notice.state, notice.now, notice.dueAt);
}

/** The notices that are due at this time, those first that have been due longest. */
export function dueNotices(database: DatabaseSync, now: number, most: number): readonly DueNotice[] {
  return database
    .prepare("SELECT * FROM graph_notifications WHERE state = 'pending' AND due_at <= ? ORDER BY due_at, id LIMIT ?")
    .all(now, most)
    .map((row) => ({
      id: Number(row['id']),
      url: String(row['url']),
      body: JSON.parse(String(row['body'])) as unknown,
      attempts: Number(row['attempts']),
      createdAt: Number(row['created_at']),
    }));
}

/** What became of an attempt to deliver a notice; `pending` ones are tried again at `dueAt`. */
export type NoticeResult = { readonly state: 'delivered' | 'lost' | 'pending'; readonly dueAt: number; readonly result: string };

/** Notes what became of an attempt, and forgets what was settled long before. */
export function settleNotice(database: DatabaseSync, id: number, { state, dueAt, result }: NoticeResult): void {
  database
    .prepare("UPDATE graph_notifications SET state = ?, due_at = ?, result = ?, attempts = attempts + 1 WHERE id = ? AND state = 'pending'")
    .run(state, dueAt, result, id);
  database.prepare("DELETE FROM graph_notifications WHERE id <= ? AND state <> 'pending'").run(id - keptMost);
}

/** Gives up the notices of a subscription that was deleted; one that is under way arrives all the same. */
export function cancelNotices(database: DatabaseSync, subscriptionId: string): void {
  database
    .prepare(
      "UPDATE graph_notifications SET state = 'cancelled', result = 'subscription deleted' WHERE subscription_id = ? AND state = 'pending'",
    )
    .run(subscriptionId);
}

/** The change up to which notices were queued. */
export function notifiedSequence(database: DatabaseSync): number {
  return Number(database.prepare('SELECT sequence FROM graph_notified').get()?.['sequence'] ?? 0);
}

/** Notes the change up to which notices were queued, in the transaction that queued them. */
export function markNotified(database: DatabaseSync, sequence: number): void {
  database.exec('DELETE FROM graph_notified');
  database.prepare('INSERT INTO graph_notified VALUES (?)').run(sequence);
}

/** What is still on its way: changes that nobody was told of yet, notices to be sent, and when the next of them is due, in milliseconds of the world's time. */
export type Backlog = { readonly changes: number; readonly notices: number; readonly nextDueAt: number | null };

/** Looks at what is still on its way. */
export function noticeBacklog(database: DatabaseSync): Backlog {
  const row = database.prepare("SELECT COUNT(*) AS notices, MIN(due_at) AS due FROM graph_notifications WHERE state = 'pending'").get();
  const due = row?.['due'];
  return {
    changes: lastSequence(database) - notifiedSequence(database),
    notices: Number(row?.['notices'] ?? 0),
    nextDueAt: typeof due === 'number' ? due : null,
  };
}

/** All notices that are still known, oldest first, for those who look in. */
export function listNotices(database: DatabaseSync): readonly unknown[] {
  return database
    .prepare('SELECT id, url, subscription_id, state, attempts, result, body FROM graph_notifications ORDER BY id')
    .all()
    .map(({ subscription_id: subscriptionId, body, ...rest }) => ({ ...rest, subscriptionId, notice: withoutState(String(body)) }));
}

function withoutState(body: string): unknown {
  const { clientState: _secret, ...shown } = JSON.parse(body) as Readonly<Record<string, unknown>>;
  return shown;
}
