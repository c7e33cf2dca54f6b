import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWriteBatch } from '../../host/data/write-batch.ts';
import { scratchFolder } from './support/host-process.ts';

let scratch: ReturnType<typeof scratchFolder>;
let database: DatabaseSync;
let witness: DatabaseSync;
const seen = (): unknown[] =>
  witness
    .prepare('SELECT value FROM entry ORDER BY value')
    .all()
    .map((row) => row['value']);

beforeEach(() => {
  scratch = scratchFolder();
  const file = join(scratch.path, 'batch.sqlite');
  database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; CREATE TABLE entry (value INTEGER PRIMARY KEY) STRICT');
  witness = new DatabaseSync(file, { readOnly: true });
});
afterEach(() => {
  witness.close();
  database.close();
  scratch.remove();
});

function fail(error: unknown): never {
  throw error;
}

describe('A batch of writes', () => {
  it('is one transaction per turn of the event loop, and its effects start after the commit', async () => {
    const batch = createWriteBatch(database, fail);
    const atEffect: unknown[][] = [];
    batch.open();
    database.exec('INSERT INTO entry VALUES (1)');
    batch.afterCommit(() => atEffect.push(seen()));
    batch.open();
    database.exec('INSERT INTO entry VALUES (2)');
    await Promise.resolve();
    expect([seen(), atEffect]).toEqual([[], []]);
    await batch.committed();
    expect([seen(), atEffect]).toEqual([[1, 2], [[1, 2]]]);
  });

  it('writes at its end what is wanted still then, in the same transaction', async () => {
    const batch = createWriteBatch(database, fail);
    let isNeedless = false;
    batch.beforeCommit(() => database.exec('INSERT INTO entry VALUES (1)'));
    batch.beforeCommit(() => void (isNeedless || database.exec('INSERT INTO entry VALUES (2)')));
    expect(database.prepare('SELECT * FROM entry').all()).toEqual([]);
    isNeedless = true;
    await batch.committed();
    expect(seen()).toEqual([1]);
    batch.open();
    await batch.committed();
    expect(seen()).toEqual([1]);
  });

  it('has nothing to wait for where nothing was written', async () => {
    await createWriteBatch(database, fail).committed();
    expect(seen()).toEqual([]);
  });

  it('reports a commit that fails, and starts none of its effects', () => {
    const broken: unknown[] = [];
    const batch = createWriteBatch(database, (error) => broken.push(error));
    let hasEffect = false;
    batch.open();
    batch.afterCommit(() => (hasEffect = true));
    database.exec('ROLLBACK');
    batch.flush();
    expect([broken.length, hasEffect]).toEqual([1, false]);
  });
});
