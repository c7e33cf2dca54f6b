import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { requireIntact } from '../../data/require-intact.ts';
import type { SyncMode } from '../../data/sync-mode.ts';

/** Version of the tables below, kept in `PRAGMA user_version`. */
const SCHEMA_VERSION = 1;

// Only what waits is kept: a row goes when its message is completed. Sequence numbers are never given twice (AUTOINCREMENT),
// so that "later than the last one seen" is enough to find what is new.
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS queue (
    id   INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE
  );
  CREATE TABLE IF NOT EXISTS message (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    queue       INTEGER NOT NULL,
    session     TEXT,
    state       INTEGER NOT NULL,
    enqueued_at INTEGER NOT NULL,
    due_at      INTEGER NOT NULL,
    expires_at  INTEGER,
    deliveries  INTEGER NOT NULL,
    source      TEXT,
    content     BLOB NOT NULL
  );
  CREATE INDEX IF NOT EXISTS message_waiting ON message (queue, state);
  CREATE INDEX IF NOT EXISTS message_session ON message (queue, session, state) WHERE session IS NOT NULL;
  CREATE INDEX IF NOT EXISTS message_due ON message (due_at) WHERE state = 2;
  CREATE INDEX IF NOT EXISTS message_expiry ON message (expires_at) WHERE expires_at IS NOT NULL;
  CREATE TABLE IF NOT EXISTS session_state (
    queue   INTEGER NOT NULL,
    session TEXT NOT NULL,
    state   BLOB NOT NULL,
    PRIMARY KEY (queue, session)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS subscription (
    queue INTEGER PRIMARY KEY,
    given TEXT NOT NULL,
    rules TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS seen (
    queue      INTEGER NOT NULL,
    message_id TEXT NOT NULL,
    seq        INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (queue, message_id)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS seen_expiry ON seen (expires_at);
`;

/**
 * Opens, and if need be creates, the file that holds the queues, for this process alone. What is committed survives what
 * `sync` says. Throws an error that names the file when another process holds it.
 */
export function openDatabase(path: string, sync: SyncMode = 'normal'): DatabaseSync {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  requireIntact(path, SCHEMA_VERSION);
  const database = new DatabaseSync(path);
  try {
    database.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = ${sync};`);
    database.exec(`BEGIN IMMEDIATE; ${SCHEMA} PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT;`);
  } catch (error) {
    database.close();
    throw new Error(explain(path, error), { cause: error });
  }
  return database;
}

function explain(path: string, error: unknown): string {
  const problem = error instanceof Error ? error.message : String(error);
  if (problem.includes('locked'))
    return `The Service Bus store ${path} is in use by another process. Stop that process, or choose another data folder.`;
  return `The Service Bus store ${path} cannot be opened: ${problem}.`;
}
