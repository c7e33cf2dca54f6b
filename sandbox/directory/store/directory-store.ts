import type { DatabaseSync } from 'node:sqlite';
import type { World } from '../../foundation/world.ts';
import { openCounters, type Counters } from './counters.ts';
import { openLinks, type Links } from './links.ts';
import { openObjects, type Objects } from './objects.ts';
import { openPasswords, type Passwords } from './passwords.ts';
import { createTables } from './tables.ts';

/** Everything that the directory keeps. */
export type DirectoryStore = {
  readonly database: DatabaseSync;
  readonly objects: Objects;
  readonly links: Links;
  readonly passwords: Passwords;
  readonly counters: Counters;
  readonly now: () => number;
};

const opened = new WeakMap<DatabaseSync, DirectoryStore>();

/** The directory's store in this world; opened once for each database, because its statements are prepared then. */
export function directoryStore(world: Pick<World, 'database' | 'now'>): DirectoryStore {
  const known = opened.get(world.database);
  if (known !== undefined) return known;
  const { database, now } = world;
  createTables(database);
  const counters = openCounters(database);
  const store = {
    database,
    now,
    counters,
    objects: openObjects(database, counters, now),
    links: openLinks(database),
    passwords: openPasswords(database),
  };
  opened.set(database, store);
  return store;
}
