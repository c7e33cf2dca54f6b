import type { DatabaseSync } from 'node:sqlite';
import { endOfSubtree } from '../names/dn.ts';
import { attributeDefinition } from '../schema/attributes.ts';
import type { ClassName } from '../schema/classes.ts';
import { matchKey } from '../schema/values.ts';
import type { Counters } from './counters.ts';
import { deletedRange } from './deleted-objects.ts';
import type { Attributes, DirectoryObject, NewObject } from './directory-object.ts';

/** The objects of the directory, in the world's database. Each change takes the next update sequence number. */
export type Objects = {
  readonly byId: (id: number) => DirectoryObject | undefined;
  readonly byPath: (path: string) => DirectoryObject | undefined;
  readonly byGuid: (guid: string) => DirectoryObject | undefined;
  /** The objects of which an indexed attribute has a value with this key, oldest first; deleted ones on request. */
  readonly idsByKey: (attribute: string, key: string, isDeletedToo?: boolean) => readonly number[];
  /** The objects of a subtree, its root included, oldest first, from the one after the number `after`. They are read as they are taken: write only when done. */
  readonly subtree: (path: string, after?: number) => Iterable<DirectoryObject>;
  readonly children: (id: number) => readonly DirectoryObject[];
  /** The objects with a later update number, in the order of their changes. */
  readonly changedSince: (usn: number) => readonly DirectoryObject[];
  readonly insert: (object: NewObject) => DirectoryObject;
  /** Replaces the attributes. `isQuiet` keeps the update number, for what a controller does not replicate. */
  readonly update: (id: number, attributes: Attributes, isQuiet?: boolean) => void;
  /** Takes an update number for an object whose links have changed. */
  readonly touch: (id: number) => void;
  /** Gives the object another name and parent, and its subtree the names that follow. */
  readonly rename: (object: DirectoryObject, to: Pick<DirectoryObject, 'dn' | 'path' | 'parent' | 'attributes'>) => void;
  readonly remove: (id: number) => void;
};

/** Opens the objects. `now` is the world's clock in milliseconds. */
export function openObjects(database: DatabaseSync, counters: Counters, now: () => number): Objects {
  const keys = openKeys(database);
  const read = openReading(database);
  const write = database.prepare('UPDATE directory_objects SET attributes = ?, usn_changed = ?, changed_at = ? WHERE id = ?');
  const writeQuietly = database.prepare('UPDATE directory_objects SET attributes = ? WHERE id = ?');
  const touch = database.prepare('UPDATE directory_objects SET usn_changed = ?, changed_at = ? WHERE id = ?');
  const remove = database.prepare('DELETE FROM directory_objects WHERE id = ?');
  const rename = openRenaming(database, read.subtree);
  const update: Objects['update'] = (id, attributes, isQuiet = false) => {
    const json = JSON.stringify(attributes);
    if (isQuiet) writeQuietly.run(json, id);
    else write.run(json, counters.next('usn'), now(), id);
    keys.replace(id, attributes);
  };
  return {
    ...read,
    idsByKey: keys.find,
    insert: openInsertion(database, keys, { counters, now }),
    update,
    touch: (id) => void touch.run(counters.next('usn'), now(), id),
    rename: (object, to) => {
      rename(object, to);
      update(object.id, to.attributes);
    },
    remove: (id) => {
      remove.run(id);
      keys.replace(id, {});
    },
  };
}

type Stamps = { readonly counters: Counters; readonly now: () => number };

function openInsertion(database: DatabaseSync, keys: Keys, { counters, now }: Stamps): Objects['insert'] {
  const insert = database.prepare(
    `INSERT INTO directory_objects (guid, dn, path, parent, class, attributes, usn_created, usn_changed, created_at, changed_at)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8, ?8) RETURNING *`,
  );
  return (object) => {
    const { guid, dn, path, parent, className, attributes } = object;
    const stored = fromRow(insert.get(guid, dn, path, parent, className, JSON.stringify(attributes), counters.next('usn'), now()));
    keys.replace(stored.id, attributes);
    return stored;
  };
}

function openRenaming(database: DatabaseSync, subtree: Objects['subtree']): Objects['rename'] {
  const place = database.prepare('UPDATE directory_objects SET dn = ?, path = ?, parent = ? WHERE id = ?');
  return (object, to) => {
    const below = [...subtree(object.path)].filter((item) => item.id !== object.id);
    place.run(to.dn, to.path, to.parent, object.id);
    for (const item of below) {
      place.run(item.dn.slice(0, -object.dn.length) + to.dn, to.path + item.path.slice(object.path.length), item.parent, item.id);
    }
  };
}

function openReading(database: DatabaseSync): Pick<Objects, 'byId' | 'byPath' | 'byGuid' | 'subtree' | 'children' | 'changedSince'> {
  const byId = database.prepare('SELECT * FROM directory_objects WHERE id = ?');
  const byPath = database.prepare('SELECT * FROM directory_objects WHERE path = ?');
  const byGuid = database.prepare('SELECT * FROM directory_objects WHERE guid = ?');
  const subtree = database.prepare('SELECT * FROM directory_objects WHERE path >= ? AND path < ? ORDER BY id');
  // A later page goes on along the numbers: sorting the whole subtree anew for each page would make long reads quadratic.
  const later = database.prepare('SELECT * FROM directory_objects WHERE id > ? AND +path >= ? AND +path < ? ORDER BY id');
  const children = database.prepare('SELECT * FROM directory_objects WHERE parent = ? ORDER BY id');
  const changed = database.prepare('SELECT * FROM directory_objects WHERE usn_changed > ? ORDER BY usn_changed');
  const optional = (row: Row | undefined) => (row === undefined ? undefined : fromRow(row));
  return {
    byId: (id) => optional(byId.get(id)),
    byPath: (path) => optional(byPath.get(path)),
    byGuid: (guid) => optional(byGuid.get(guid)),
    subtree: (path, after = 0) =>
      readEach(after === 0 ? subtree.iterate(path, endOfSubtree(path)) : later.iterate(after, path, endOfSubtree(path))),
    children: (id) => children.all(id).map(fromRow),
    changedSince: (usn) => changed.all(usn).map(fromRow),
  };
}

function* readEach(rows: Iterable<Row>): Iterable<DirectoryObject> {
  for (const row of rows) yield fromRow(row);
}

type Keys = { readonly replace: (id: number, attributes: Attributes) => void; readonly find: Objects['idsByKey'] };

function openKeys(database: DatabaseSync): Keys {
  const clear = database.prepare('DELETE FROM directory_keys WHERE object = ?');
  const add = database.prepare('INSERT OR IGNORE INTO directory_keys VALUES (?, ?, ?)');
  const find = database.prepare('SELECT object FROM directory_keys WHERE attribute = ? AND key = ? ORDER BY object');
  const findLive = database.prepare(
    `SELECT k.object FROM directory_keys k JOIN directory_objects o ON o.id = k.object
     WHERE k.attribute = ? AND k.key = ? AND NOT (o.path >= ? AND o.path < ?) ORDER BY k.object`,
  );
  const { first, end } = deletedRange;
  return {
    replace: (id, attributes) => {
      clear.run(id);
      for (const [name, values] of Object.entries(attributes)) {
        const definition = attributeDefinition(name);
        if (definition?.isIndexed === true) values.forEach((value) => add.run(name, matchKey(definition, value), id));
      }
    },
    find: (attribute, key, isDeletedToo = false) =>
      (isDeletedToo ? find.all(attribute, key) : findLive.all(attribute, key, first, end)).map((row) => Number(row['object'])),
  };
}

type Row = Record<string, unknown>;

function fromRow(row: Row | undefined): DirectoryObject {
  if (row === undefined) throw new Error('The directory lost a row that it has just written.');
  return {
    id: Number(row['id']),
    guid: String(row['guid']),
    dn: String(row['dn']),
    path: String(row['path']),
    parent: row['parent'] === null ? null : Number(row['parent']),
    className: row['class'] as ClassName, // written by insert alone
    attributes: JSON.parse(String(row['attributes'])) as Attributes,
    usnCreated: Number(row['usn_created']),
    usnChanged: Number(row['usn_changed']),
    createdAt: Number(row['created_at']),
    changedAt: Number(row['changed_at']),
  };
}
