import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Removed with each addition: more than are added, so that the table holds little more than one window. */
const FORGOTTEN_AT_ONCE = 4;

/** The message ids a queue has accepted within its duplicate detection window. */
export class SeenMessages {
  readonly #find: StatementSync;
  readonly #add: StatementSync;
  readonly #forget: StatementSync;

  constructor(database: DatabaseSync) {
    this.#find = database.prepare('SELECT seq FROM seen WHERE queue = ? AND message_id = ? AND expires_at > ?');
    this.#add = database.prepare('INSERT OR REPLACE INTO seen (queue, message_id, seq, expires_at) VALUES (?, ?, ?, ?)');
    this.#forget = database.prepare(`DELETE FROM seen WHERE (queue, message_id) IN
      (SELECT queue, message_id FROM seen WHERE expires_at <= ? LIMIT ${FORGOTTEN_AT_ONCE})`);
  }

  /** The sequence number under which this id was accepted, if that is within the window. */
  find(queue: number, messageId: string, now: number): number | undefined {
    const row = this.#find.get(queue, messageId, now);
    return row === undefined ? undefined : Number(row['seq']);
  }

  add(queue: number, messageId: string, seq: number, times: { readonly now: number; readonly expiresAt: number }): void {
    this.#forget.run(times.now);
    this.#add.run(queue, messageId, seq, times.expiresAt);
  }
}
