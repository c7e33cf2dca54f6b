import type { DatabaseSync } from 'node:sqlite';
import type { World } from '../../foundation/world.ts';

/** The kinds of object whose changes are logged. */
export type LoggedKind = 'user' | 'group';

/** One change of one object. Of a relation, `target` is who was added or, where `removed`, taken away. */
export type LoggedChange = {
  readonly sequence: number;
  readonly objectId: string;
  readonly kind: LoggedKind;
  readonly change: 'created' | 'updated' | 'softDeleted' | 'restored' | 'erased';
  readonly relation: string | null;
  readonly target: string | null;
  readonly removed: boolean;
};

/** The number of the latest change; 0 when there was none. */
export function lastSequence(database: DatabaseSync): number {
  return Number(database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'graph_changes'").get()?.['seq'] ?? 0);
}

/** The number up to which every change can be seen already: replication hides a new object, and all changes after it wait with it. */
export function visibleSequence(world: World): number {
  const row = world.database
    .prepare(
      `SELECT MIN(sequence) AS first FROM graph_objects JOIN graph_changes ON object_id = id
       WHERE visible_at > 0 AND visible_at > ? AND deleted = 0`,
    )
    .get(world.now());
  const first = row?.['first'];
  return typeof first === 'number' ? first - 1 : lastSequence(world.database);
}

/** The number of the oldest change that is still kept, or of the next one when none is. */
export function oldestSequence(database: DatabaseSync): number {
  const first = database.prepare('SELECT MIN(sequence) AS first FROM graph_changes').get()?.['first'];
  return typeof first === 'number' ? first : lastSequence(database) + 1;
}

/** Changes after a number, oldest first, without those that were only replayed. */
export function changesAfter(database: DatabaseSync, after: number, most: number): readonly LoggedChange[] {
  return database
    .prepare('SELECT * FROM graph_changes WHERE sequence > ? AND replayed = 0 ORDER BY sequence LIMIT ?')
    .all(after, most)
    .map(fromRow);
}

/** What happened to the relations of one object between two numbers, oldest first. */
export function relationChanges(database: DatabaseSync, objectId: string, range: { readonly since: number; readonly until: number }) {
  return database
    .prepare(
      'SELECT * FROM graph_changes WHERE object_id = ? AND sequence > ? AND sequence <= ? AND relation IS NOT NULL ORDER BY sequence',
    )
    .all(objectId, range.since, range.until)
    .map(fromRow);
}

/** Forgets changes from before an instant of the world. */
export function forgetChanges(database: DatabaseSync, before: number): void {
  database.prepare('DELETE FROM graph_changes WHERE at < ?').run(before);
}

/** Enters the latest changes of a kind once more, as the service repeats items; nobody is notified of them. Returns how many. */
export function replayChanges(database: DatabaseSync, kind: LoggedKind, most: number): number {
  return Number(
    database
      .prepare(
        `INSERT INTO graph_changes (at, object_id, kind, change, properties, relation, target, removed, replayed)
         SELECT graph_now(), object_id, kind, change, properties, relation, target, removed, 1
         FROM (SELECT * FROM graph_changes WHERE kind = ? ORDER BY sequence DESC LIMIT ?) ORDER BY sequence`,
      )
      .run(kind, most).changes,
  );
}

function fromRow(row: Readonly<Record<string, unknown>>): LoggedChange {
  // Written by the triggers of change-log.ts only.
  return {
    sequence: Number(row['sequence']),
    objectId: String(row['object_id']),
    kind: row['kind'] as LoggedKind,
    change: row['change'] as LoggedChange['change'],
    relation: typeof row['relation'] === 'string' ? row['relation'] : null,
    target: typeof row['target'] === 'string' ? row['target'] : null,
    removed: row['removed'] === 1,
  };
}
