import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { openDatabase } from '../../host/data/open-database.ts';
import { SCHEMA_STEPS } from '../../host/data/schema.ts';
import { scratchFolder } from './support/host-process.ts';

it('A database of an earlier version gets what it lacks and keeps what it holds', () => {
  const scratch = scratchFolder();
  const file = join(scratch.path, 'host.sqlite');
  const old = new DatabaseSync(file);
  old.exec(`${SCHEMA_STEPS[0]} PRAGMA user_version = 1; INSERT INTO schedule VALUES ('daily', 1, 2, 3);`);
  old.close();
  for (let start = 0; start < 2; start += 1) {
    const database = openDatabase(file);
    expect(database.prepare('SELECT next_at FROM schedule').get()).toEqual({ next_at: 2 });
    expect(database.prepare('SELECT count(*) AS count FROM entity_inbox').get()).toEqual({ count: 0 });
    database.close();
  }
  scratch.remove();
});
