import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** The bytes an application keeps with a session; they outlive the session's messages and every lock on it. */
export class SessionStateStore {
  readonly #read: StatementSync;
  readonly #write: StatementSync;
  readonly #remove: StatementSync;

  constructor(database: DatabaseSync) {
    this.#read = database.prepare('SELECT state FROM session_state WHERE queue = ? AND session = ?');
    this.#write = database.prepare(
      'INSERT INTO session_state (queue, session, state) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET state = excluded.state',
    );
    this.#remove = database.prepare('DELETE FROM session_state WHERE queue = ? AND session = ?');
  }

  read(queue: number, session: string): Uint8Array | null {
    const state = this.#read.get(queue, session)?.['state'];
    return state instanceof Uint8Array ? state : null;
  }

  /** Keeps the state; null forgets it. */
  write(queue: number, session: string, state: Uint8Array | null): void {
    if (state === null) this.#remove.run(queue, session);
    else this.#write.run(queue, session, state);
  }
}
