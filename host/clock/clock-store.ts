import type { DatabaseSync } from 'node:sqlite';
import type { WriteBatch } from '../data/write-batch.ts';

/** Keeps the time of a virtual clock, so that a restart does not go back in time. */
export class ClockStore {
  readonly #batch: WriteBatch;
  readonly #read;
  readonly #write;
  readonly #delete;

  constructor(database: DatabaseSync, batch: WriteBatch) {
    this.#batch = batch;
    this.#read = database.prepare('SELECT now FROM clock');
    this.#write = database.prepare('INSERT INTO clock (id, now) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET now = excluded.now');
    this.#delete = database.prepare('DELETE FROM clock');
  }

  /** Milliseconds since 1970; `undefined` where the data folder lives on wall time. */
  read(): number | undefined {
    const row = this.#read.get();
    return row && Number(row['now']);
  }

  /** Stores a time, committed when this returns: nothing is done at a time that could be forgotten. */
  write(now: number): void {
    this.#batch.open();
    this.#write.run(now);
    this.#batch.flush();
  }

  /** The data folder lives on wall time from now on. */
  clear(): void {
    this.#batch.open();
    this.#delete.run();
    this.#batch.flush();
  }
}
