import type { DatabaseSync } from 'node:sqlite';
import type { LoggedKind } from '../changes/read-changes.ts';

/** Makes the table of demanded resyncs. */
export function prepareEpochs(database: DatabaseSync): void {
  database.exec('CREATE TABLE IF NOT EXISTS graph_delta_epochs (kind TEXT PRIMARY KEY, epoch INTEGER NOT NULL)');
}

/** How many full resyncs of this kind were demanded so far. */
export function epochOf(database: DatabaseSync, kind: LoggedKind): number {
  return Number(database.prepare('SELECT epoch FROM graph_delta_epochs WHERE kind = ?').get(kind)?.['epoch'] ?? 0);
}

/** Demands a full resync: every token of this kind that is out now is answered 410. */
export function demandResync(database: DatabaseSync, kind: LoggedKind): void {
  database.prepare('INSERT INTO graph_delta_epochs VALUES (?, 1) ON CONFLICT DO UPDATE SET epoch = epoch + 1').run(kind);
}
