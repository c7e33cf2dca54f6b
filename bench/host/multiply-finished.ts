import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Copies the ended instances of a data folder, histories included, under new ids until there are so many. No host may run on it. */
export function multiplyFinished(data: string, goal: number): void {
  const database = new DatabaseSync(join(data, 'host.sqlite'));
  database.exec('PRAGMA synchronous = OFF');
  const { count, last } = database.prepare('SELECT count(*) AS count, max(key) AS last FROM instance').get() as {
    count: number;
    last: number;
  };
  for (let copy = 1; count * copy < goal; copy += 1) {
    const limit = Math.min(count, goal - count * copy);
    const chosen = `(SELECT key FROM instance WHERE key <= ${last} ORDER BY key LIMIT ${limit})`;
    const shift = last * copy;
    database.exec(`BEGIN;
      ${copyOf(database, 'instance', { key: `key + ${shift}`, id: `id || '-copy-${copy}'` })} WHERE key IN ${chosen};
      ${copyOf(database, 'history', { instance_key: `instance_key + ${shift}` })} WHERE instance_key IN ${chosen};
      COMMIT;`);
  }
  database.close();
}

/** Copies rows of a table as they are, but for the columns given. */
function copyOf(database: DatabaseSync, table: string, changed: Readonly<Record<string, string>>): string {
  const columns = database
    .prepare(`SELECT name FROM pragma_table_info(?)`)
    .all(table)
    .map((row) => String(row['name']));
  const values = columns.map((column) => changed[column] ?? column);
  return `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM ${table}`;
}
