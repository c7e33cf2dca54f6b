import type { DatabaseSync } from 'node:sqlite';
import { lastSequence } from '../changes/read-changes.ts';

/** A subscription (https://learn.microsoft.com/graph/api/resources/subscription). */
export type Subscription = {
  readonly id: string;
  readonly resource: string;
  readonly changeType: string;
  readonly clientState: string | null;
  readonly notificationUrl: string;
  readonly lifecycleNotificationUrl: string | null;
  readonly expirationDateTime: string;
  readonly applicationId: string;
  readonly creatorId: string;
  readonly latestSupportedTlsVersion: string | null;
  readonly notificationQueryOptions: string | null;
};

/** A subscription with what the service remembers about it. */
export type KeptSubscription = Subscription & {
  /** The last change before it was made: later ones concern it. */
  readonly fromSequence: number;
  /** When it was made or last renewed, in milliseconds of the world's time. */
  readonly renewedAt: number;
  /** Whether reauthorization was asked for since then. */
  readonly isReminded: boolean;
};

/** Makes the table of subscriptions. */
export function prepareSubscriptions(database: DatabaseSync): void {
  database.exec(`CREATE TABLE IF NOT EXISTS graph_subscriptions (
    id TEXT PRIMARY KEY, body TEXT NOT NULL, expires_at INTEGER NOT NULL, from_sequence INTEGER NOT NULL, renewed_at INTEGER NOT NULL,
    reminded INTEGER NOT NULL DEFAULT 0)`);
}

/** The subscriptions that have not expired at this time, by id. */
export function listSubscriptions(database: DatabaseSync, now: number): readonly KeptSubscription[] {
  return database
    .prepare('SELECT * FROM graph_subscriptions WHERE expires_at > ? ORDER BY id')
    .all(now)
    .map((row) => ({
      // Written by putSubscription only.
      ...(JSON.parse(String(row['body'])) as Subscription),
      fromSequence: Number(row['from_sequence']),
      renewedAt: Number(row['renewed_at']),
      isReminded: row['reminded'] === 1,
    }));
}

/** Stores a subscription, or its renewal, which ends the wait for reauthorization. */
export function putSubscription(database: DatabaseSync, subscription: Subscription, now: number): void {
  database
    .prepare(
      `INSERT INTO graph_subscriptions (id, body, expires_at, from_sequence, renewed_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET body = excluded.body, expires_at = excluded.expires_at, renewed_at = excluded.renewed_at, reminded = 0`,
    )
    .run(subscription.id, JSON.stringify(subscription), Date.parse(subscription.expirationDateTime), lastSequence(database), now);
}

/** Notes that reauthorization was asked for. */
export function markReminded(database: DatabaseSync, id: string): void {
  database.prepare('UPDATE graph_subscriptions SET reminded = 1 WHERE id = ?').run(id);
}

/** Removes a subscription. */
export function removeSubscription(database: DatabaseSync, id: string): void {
  database.prepare('DELETE FROM graph_subscriptions WHERE id = ?').run(id);
}
