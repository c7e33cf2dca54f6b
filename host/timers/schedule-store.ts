import type { DatabaseSync } from 'node:sqlite';
import type { WriteBatch } from '../data/write-batch.ts';
import type { ScheduleStatus } from './schedule-status.ts';

/** Keeps the status of each timer function, so that a run that was missed while the host was down is noticed. */
export class ScheduleStore {
  readonly #batch: WriteBatch;
  readonly #read;
  readonly #write;

  constructor(database: DatabaseSync, batch: WriteBatch) {
    this.#batch = batch;
    this.#read = database.prepare('SELECT last_at, next_at, updated_at FROM schedule WHERE function_name = ?');
    this.#write = database.prepare(`INSERT INTO schedule (function_name, last_at, next_at, updated_at) VALUES (?, ?, ?, ?)
      ON CONFLICT (function_name) DO UPDATE SET last_at = excluded.last_at, next_at = excluded.next_at, updated_at = excluded.updated_at`);
  }

  read(functionName: string): ScheduleStatus | undefined {
    const row = this.#read.get(functionName);
    if (!row) return undefined;
    const lastAt = row['last_at'] === null ? undefined : Number(row['last_at']);
    return { lastAt, nextAt: Number(row['next_at']), updatedAt: Number(row['updated_at']) };
  }

  write(functionName: string, { lastAt, nextAt, updatedAt }: ScheduleStatus): void {
    this.#batch.open();
    this.#write.run(functionName, lastAt ?? null, nextAt, updatedAt);
  }
}
