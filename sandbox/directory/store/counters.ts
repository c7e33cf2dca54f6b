import type { DatabaseSync } from 'node:sqlite';

/** Numbers that only grow: update sequence numbers, and the last part of security identifiers. */
export type Counters = {
  readonly next: (name: 'usn' | 'rid') => number;
  /** The number given out last. */
  readonly last: (name: 'usn' | 'rid') => number;
};

// Active Directory gives the first 1000 identifiers and some update numbers to itself; clients should not find small ones.
const beginnings = { usn: 12_000, rid: 1_103 } as const;

/** Opens the counters. */
export function openCounters(database: DatabaseSync): Counters {
  const advance = database.prepare(
    'INSERT INTO directory_counters VALUES (?, ?) ON CONFLICT DO UPDATE SET value = value + 1 RETURNING value',
  );
  const read = database.prepare('SELECT value FROM directory_counters WHERE name = ?');
  return {
    next: (name) => Number(advance.get(name, beginnings[name])?.['value']),
    last: (name) => Number(read.get(name)?.['value'] ?? beginnings[name]),
  };
}
