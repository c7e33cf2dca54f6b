import type { DatabaseSync } from 'node:sqlite';

/** Named values of the foundation that survive a restart. */
export type Keep = {
  /** The value last written under the name, else `initial`. The caller reads what it alone writes, so the type is its own. */
  readonly read: <T>(name: string, initial: T) => T;
  readonly write: (name: string, value: unknown) => void;
};

/** Opens the table of kept values. */
export function openKeep(database: DatabaseSync): Keep {
  database.exec('CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value TEXT NOT NULL)');
  return {
    read: <T>(name: string, initial: T): T => {
      const row = database.prepare('SELECT value FROM kept WHERE name = ?').get(name);
      return row === undefined ? initial : (JSON.parse(String(row['value'])) as T);
    },
    write: (name, value) => {
      database.prepare('INSERT INTO kept VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value').run(name, JSON.stringify(value));
    },
  };
}
