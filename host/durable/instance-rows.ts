import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { InstanceRow, Parent, RuntimeStatus } from './instance.ts';
import { listStatements } from './instance-list.ts';
import type { InstanceFilter } from './instance-list.ts';

type Row = Readonly<Record<string, SQLOutputValue>>;

/** What may change in a stored instance. */
export type InstanceChange = Pick<InstanceRow, 'executionId' | 'status' | 'input' | 'output' | 'customStatus' | 'updatedAt'>;

const STATUSES: readonly RuntimeStatus[] = ['Pending', 'Running', 'Suspended', 'Completed', 'Failed', 'Terminated'];

/** The table `instance`. */
export class InstanceRows {
  readonly #database: DatabaseSync;
  readonly #insert;
  readonly #update;
  readonly #byId;
  readonly #live;
  readonly #delete;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#insert = database.prepare(`INSERT INTO instance (id, name, version, execution_id, status, input, parent_key, parent_id,
      parent_execution_id, parent_task_id, created_at, updated_at) VALUES (?, ?, ?, ?, 'Pending', ?, ?, ?, ?, ?, ?, ?)`);
    this.#update = database.prepare(
      'UPDATE instance SET execution_id = ?, status = ?, input = ?, output = ?, custom_status = ?, updated_at = ? WHERE key = ?',
    );
    this.#byId = database.prepare('SELECT * FROM instance WHERE id = ?');
    this.#live = database.prepare(`SELECT * FROM instance WHERE status IN ('Pending', 'Running', 'Suspended') ORDER BY created_at, key`);
    this.#delete = database.prepare('DELETE FROM instance WHERE key = ?');
  }

  /** Stores a new pending instance and gives its key. */
  insert(row: Omit<InstanceRow, 'key' | 'status' | 'output' | 'customStatus' | 'updatedAt'>): number {
    const parent = row.parent;
    const { lastInsertRowid } = this.#insert.run(
      row.id,
      row.name,
      row.version,
      row.executionId,
      row.input,
      parent?.key ?? null,
      parent?.id ?? null,
      parent?.executionId ?? null,
      parent?.taskId ?? null,
      row.createdAt,
      row.createdAt,
    );
    return Number(lastInsertRowid);
  }

  update(key: number, to: InstanceChange): void {
    this.#update.run(to.executionId, to.status, to.input, to.output, to.customStatus, to.updatedAt, key);
  }

  find(id: string): InstanceRow | undefined {
    const row = this.#byId.get(id);
    return row && toInstance(row);
  }

  live(): readonly InstanceRow[] {
    return this.#live.all().map(toInstance);
  }

  delete(key: number): void {
    this.#delete.run(key);
  }

  /** One page of instances: oldest first, or by id where ids have to begin with a prefix. */
  list(filter: InstanceFilter): readonly InstanceRow[] {
    const pages = listStatements(filter).map(({ sql, values }) =>
      this.#database
        .prepare(sql)
        .all(...values)
        .map(toInstance),
    );
    const [first = []] = pages;
    if (pages.length < 2) return first;
    return pages
      .flat()
      .sort((a, b) => a.createdAt - b.createdAt || a.key - b.key)
      .slice(0, filter.limit);
  }
}

function toInstance(row: Row): InstanceRow {
  return {
    key: Number(row['key']),
    id: String(row['id']),
    name: String(row['name']),
    version: String(row['version']),
    executionId: String(row['execution_id']),
    status: toStatus(row['status']),
    input: text(row['input']),
    output: text(row['output']),
    customStatus: text(row['custom_status']),
    parent: toParent(row),
    createdAt: Number(row['created_at']),
    updatedAt: Number(row['updated_at']),
  };
}

function toParent(row: Row): Parent | null {
  if (row['parent_key'] === null) return null;
  return {
    key: Number(row['parent_key']),
    id: String(row['parent_id']),
    executionId: String(row['parent_execution_id']),
    taskId: Number(row['parent_task_id']),
  };
}

function toStatus(value: SQLOutputValue | undefined): RuntimeStatus {
  return STATUSES.find((status) => status === value) ?? 'Pending';
}

function text(value: SQLOutputValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
