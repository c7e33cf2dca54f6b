import type { DatabaseSync } from 'node:sqlite';
import type { SystemName } from './world.ts';

/** A secret value that a system issued or received. */
export type KnownSecret = { readonly system: SystemName; readonly kind: string; readonly value: string };

/** Every secret value of the world, each once, so that tests can search logs and stores for them. */
export type SecretList = {
  readonly remember: (system: SystemName, kind: string, value: string) => void;
  readonly list: () => readonly KnownSecret[];
};

/** Opens the list of secrets in the world's database. */
export function openSecretList(database: DatabaseSync): SecretList {
  database.exec(
    'CREATE TABLE IF NOT EXISTS secrets (system TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (system, kind, value))',
  );
  const insert = database.prepare('INSERT OR IGNORE INTO secrets VALUES (?, ?, ?)');
  return {
    remember: (system, kind, value) => {
      insert.run(system, kind, value);
    },
    list: () => database.prepare('SELECT system, kind, value FROM secrets ORDER BY rowid').all() as KnownSecret[],
  };
}
