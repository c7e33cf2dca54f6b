import type { DatabaseSync } from 'node:sqlite';

/** The links between objects, by their numbers. A link goes from its source, which carries the attribute, to its target. */
export type Links = {
  readonly has: (attribute: string, source: number, target: number) => boolean;
  readonly add: (attribute: string, source: number, target: number) => void;
  readonly remove: (attribute: string, source: number, target: number) => void;
  /** The targets of an object's links, in the order in which they were added. */
  readonly targets: (attribute: string, source: number) => readonly number[];
  readonly sources: (attribute: string, target: number) => readonly number[];
  /** The names behind an object's links, or with `isBack` behind the links to it. */
  readonly names: (attribute: string, object: number, isBack: boolean) => readonly string[];
  /** Everything reached from an object over any number of links, forwards or backwards; circles end. */
  readonly closure: (attribute: string, object: number, isBack: boolean) => ReadonlySet<number>;
  /** Removes every link from and to the object, and says which objects had linked to it. */
  readonly removeAll: (object: number) => readonly number[];
  /** Like `removeAll`, but what was linked can be linked again by `wake`. */
  readonly rest: (object: number) => readonly number[];
  /** Links the object again as it was when its links were put to rest, as far as the other ends are there, and says which objects link to it now. */
  readonly wake: (object: number, isThere: (id: number) => boolean, isSingle: (attribute: string) => boolean) => readonly number[];
};

/** Opens the links. */
export function openLinks(database: DatabaseSync): Links {
  const has = database.prepare('SELECT 1 FROM directory_links WHERE attribute = ? AND source = ? AND target = ?');
  const add = database.prepare('INSERT INTO directory_links (attribute, source, target) VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM directory_links WHERE attribute = ? AND source = ? AND target = ?');
  const targets = database.prepare('SELECT target AS id FROM directory_links WHERE attribute = ? AND source = ? ORDER BY id');
  const sources = database.prepare('SELECT source AS id FROM directory_links WHERE attribute = ? AND target = ? ORDER BY id');
  const step = (attribute: string, object: number, isBack: boolean) =>
    (isBack ? sources : targets).all(attribute, object).map((row) => Number(row['id']));
  return {
    has: (attribute, source, target) => has.get(attribute, source, target) !== undefined,
    add: (attribute, source, target) => void add.run(attribute, source, target),
    remove: (attribute, source, target) => void remove.run(attribute, source, target),
    targets: (attribute, source) => step(attribute, source, false),
    sources: (attribute, target) => step(attribute, target, true),
    names: linkedNames(database),
    closure: (attribute, object, isBack) => closureOf(object, (id) => step(attribute, id, isBack)),
    removeAll: linkRemoval(database),
    ...linkRest(database),
  };
}

function linkedNames(database: DatabaseSync): Links['names'] {
  const forward = database.prepare(
    'SELECT o.dn FROM directory_links l JOIN directory_objects o ON o.id = l.target WHERE l.attribute = ? AND l.source = ? ORDER BY l.id',
  );
  const back = database.prepare(
    'SELECT o.dn FROM directory_links l JOIN directory_objects o ON o.id = l.source WHERE l.attribute = ? AND l.target = ? ORDER BY l.id',
  );
  return (attribute, object, isBack) => (isBack ? back : forward).all(attribute, object).map((row) => String(row['dn']));
}

function linkRemoval(database: DatabaseSync): Links['removeAll'] {
  const linking = database.prepare('SELECT DISTINCT source FROM directory_links WHERE target = ?');
  const removeAll = database.prepare('DELETE FROM directory_links WHERE source = ? OR target = ?');
  return (object) => {
    const sources = linking.all(object).map((row) => Number(row['source']));
    removeAll.run(object, object);
    return sources.filter((source) => source !== object);
  };
}

function linkRest(database: DatabaseSync): Pick<Links, 'rest' | 'wake'> {
  const removeAll = linkRemoval(database);
  const keep = database.prepare(
    `INSERT OR IGNORE INTO directory_resting_links
     SELECT attribute, source, target FROM directory_links WHERE source = ?1 OR target = ?1 ORDER BY id`,
  );
  const resting = database.prepare(
    'SELECT attribute, source, target FROM directory_resting_links WHERE source = ?1 OR target = ?1 ORDER BY rowid',
  );
  const forget = database.prepare('DELETE FROM directory_resting_links WHERE attribute = ? AND source = ? AND target = ?');
  const linked = database.prepare('SELECT 1 FROM directory_links WHERE attribute = ? AND source = ?');
  const add = database.prepare('INSERT OR IGNORE INTO directory_links (attribute, source, target) VALUES (?, ?, ?)');
  return {
    rest: (object) => {
      keep.run(object);
      return removeAll(object);
    },
    wake: (object, isThere, isSingle) =>
      resting.all(object).flatMap((row) => {
        const [attribute, source, target] = [String(row['attribute']), Number(row['source']), Number(row['target'])];
        if (!isThere(source) || !isThere(target)) return [];
        forget.run(attribute, source, target);
        if (isSingle(attribute) && linked.get(attribute, source) !== undefined) return [];
        add.run(attribute, source, target);
        return source === object ? [] : [source];
      }),
  };
}

function closureOf(start: number, step: (id: number) => readonly number[]): ReadonlySet<number> {
  const reached = new Set<number>();
  const waiting = [start];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const fresh = step(id).filter((next) => !reached.has(next));
    fresh.forEach((next) => reached.add(next));
    waiting.push(...fresh);
  }
  return reached;
}
