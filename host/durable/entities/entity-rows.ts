import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';

/** An entity as it is stored; `state` is JSON, `lockedBy` the instance id of the orchestration that holds its lock. */
export type EntityRow = {
  readonly id: string;
  readonly exists: boolean;
  readonly state: string | null;
  readonly lockedBy: string | null;
  /** When its last batch was done; milliseconds since 1970. */
  readonly updatedAt: number;
};

/** A message that waits for an entity; `seq` is its row. */
export type WaitingRow = { readonly seq: number; readonly entityId: string; readonly name: string; readonly message: string };

/** Which entities to list: existing ones, in the order of their ids, `after` the last of the page before. */
export type EntityFilter = {
  readonly name: string | undefined;
  readonly updatedFrom: number;
  readonly updatedTo: number;
  readonly after: string;
  readonly limit: number;
};

/** The tables `entity` and `entity_inbox`. */
export class EntityRows {
  readonly #sql;

  constructor(database: DatabaseSync) {
    this.#sql = {
      find: database.prepare('SELECT * FROM entity WHERE id = ?'),
      save: database.prepare(`INSERT INTO entity (id, is_existing, state, locked_by, updated_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id)
        DO UPDATE SET is_existing = excluded.is_existing, state = excluded.state, locked_by = excluded.locked_by, updated_at = excluded.updated_at`),
      delete: database.prepare('DELETE FROM entity WHERE id = ?'),
      locked: database.prepare('SELECT * FROM entity WHERE locked_by IS NOT NULL'),
      list: database.prepare(`SELECT * FROM entity WHERE is_existing = 1 AND id > ? AND substr(id, 1, length(?)) = ?
        AND updated_at BETWEEN ? AND ? ORDER BY id LIMIT ?`),
      add: database.prepare('INSERT INTO entity_inbox (entity_id, name, message) VALUES (?, ?, ?)'),
      all: database.prepare('SELECT * FROM entity_inbox ORDER BY seq'),
      remove: database.prepare('DELETE FROM entity_inbox WHERE seq = ?'),
    };
  }

  find(id: string): EntityRow | undefined {
    const row = this.#sql.find.get(id);
    return row && toEntity(row);
  }

  /** Stores an entity; one that neither exists nor is locked leaves no row. */
  save({ id, exists, state, lockedBy, updatedAt }: EntityRow): void {
    if (exists || lockedBy !== null) this.#sql.save.run(id, exists ? 1 : 0, state, lockedBy, updatedAt);
    else this.#sql.delete.run(id);
  }

  locked(): readonly EntityRow[] {
    return this.#sql.locked.all().map(toEntity);
  }

  list({ name, updatedFrom, updatedTo, after, limit }: EntityFilter): readonly EntityRow[] {
    const prefix = name === undefined ? '@' : `@${name.toLowerCase()}@`;
    return this.#sql.list.all(after, prefix, prefix, updatedFrom, updatedTo, limit).map(toEntity);
  }

  addMessage(entityId: string, name: string, message: string): number {
    return Number(this.#sql.add.run(entityId, name, message).lastInsertRowid);
  }

  allMessages(): readonly WaitingRow[] {
    return this.#sql.all.all().map((row) => ({
      seq: Number(row['seq']),
      entityId: String(row['entity_id']),
      name: String(row['name']),
      message: String(row['message']),
    }));
  }

  deleteMessage(seq: number): void {
    this.#sql.remove.run(seq);
  }
}

function toEntity(row: Readonly<Record<string, SQLOutputValue>>): EntityRow {
  const text = (value: SQLOutputValue | undefined): string | null => (typeof value === 'string' ? value : null);
  return {
    id: String(row['id']),
    exists: row['is_existing'] === 1,
    state: text(row['state']),
    lockedBy: text(row['locked_by']),
    updatedAt: Number(row['updated_at']),
  };
}
