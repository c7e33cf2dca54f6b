/**
 * The host's tables, step by step: `PRAGMA user_version` says how many steps a database has gone through. A step that
 * has landed is never edited. Times are milliseconds since 1970 (UTC); inputs, outputs and events are JSON texts.
 * `inbox`, `activity` and `timer` hold pending work only: a row goes when its work is done. An instance that has
 * ended keeps its row in `instance` and its `history`, and nothing that runs looks at either again.
 */
export const SCHEMA_STEPS: readonly string[] = [
  `
CREATE TABLE instance (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  execution_id TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('Pending', 'Running', 'Suspended', 'Completed', 'Failed', 'Terminated')),
  input TEXT,
  output TEXT,
  custom_status TEXT,
  parent_key INTEGER,
  parent_id TEXT,
  parent_execution_id TEXT,
  parent_task_id INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX instance_live ON instance (key) WHERE status IN ('Pending', 'Running', 'Suspended');
CREATE INDEX instance_created ON instance (created_at, key);
CREATE TABLE history (
  instance_key INTEGER NOT NULL,
  episode INTEGER NOT NULL,
  events TEXT NOT NULL,
  PRIMARY KEY (instance_key, episode)
) STRICT, WITHOUT ROWID;
CREATE TABLE inbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  instance_key INTEGER NOT NULL,
  event TEXT NOT NULL
) STRICT;
CREATE TABLE activity (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  instance_key INTEGER NOT NULL,
  execution_id TEXT NOT NULL,
  task_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  input TEXT
) STRICT;
CREATE TABLE timer (
  instance_key INTEGER NOT NULL,
  task_id INTEGER NOT NULL,
  fire_at INTEGER NOT NULL,
  PRIMARY KEY (instance_key, task_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX timer_due ON timer (fire_at);
CREATE TABLE schedule (
  function_name TEXT PRIMARY KEY,
  last_at INTEGER,
  next_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`,
  `
CREATE TABLE clock (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  now INTEGER NOT NULL
) STRICT;
`,
  // Entities: an orchestration's id stands in `locked_by`; `entity_inbox` holds the messages that wait, as JSON texts.
  `
CREATE TABLE entity (
  id TEXT PRIMARY KEY,
  is_existing INTEGER NOT NULL CHECK (is_existing IN (0, 1)),
  state TEXT,
  locked_by TEXT,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX entity_locked ON entity (id) WHERE locked_by IS NOT NULL;
CREATE TABLE entity_inbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  entity_id TEXT NOT NULL,
  name TEXT NOT NULL CHECK (name IN ('op', 'release')),
  message TEXT NOT NULL
) STRICT;
`,
  // Lists by age of the few that run, and of the few that failed or were terminated, among many that completed.
  `
DROP INDEX instance_live;
CREATE INDEX instance_live ON instance (created_at, key) WHERE status IN ('Pending', 'Running', 'Suspended');
CREATE INDEX instance_stopped ON instance (created_at, key) WHERE status IN ('Failed', 'Terminated');
`,
];
