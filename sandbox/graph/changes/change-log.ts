import type { World } from '../../foundation/world.ts';

const schema = `
  CREATE TABLE IF NOT EXISTS graph_changes (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, object_id TEXT NOT NULL, kind TEXT NOT NULL, change TEXT NOT NULL,
    properties TEXT, relation TEXT, target TEXT, removed INTEGER NOT NULL DEFAULT 0, replayed INTEGER NOT NULL DEFAULT 0);
  CREATE INDEX IF NOT EXISTS graph_changes_object ON graph_changes (object_id);
  CREATE INDEX IF NOT EXISTS graph_changes_at ON graph_changes (at);
  CREATE INDEX IF NOT EXISTS graph_objects_unseen ON graph_objects (visible_at) WHERE visible_at > 0;
`;

// Names of the properties whose values differ; an absent one is the same as null.
const changedProperties = `(
  SELECT json_group_array(name) FROM (
    SELECT key AS name FROM json_each(NEW.body) AS now WHERE now.value IS NOT json_extract(OLD.body, now.fullkey)
    UNION SELECT key FROM json_each(OLD.body) AS was WHERE was.value IS NOT NULL AND json_extract(NEW.body, was.fullkey) IS NULL))`;

const told = "('members', 'owners', 'manager', 'sponsors')";

// Triggers of this connection only, because they call one of its functions.
const triggers = `
  CREATE TEMP TRIGGER IF NOT EXISTS graph_object_made AFTER INSERT ON graph_objects WHEN NEW.kind IN ('user', 'group') BEGIN
    INSERT INTO graph_changes (at, object_id, kind, change) VALUES (graph_now(), NEW.id, NEW.kind, 'created');
  END;
  CREATE TEMP TRIGGER IF NOT EXISTS graph_object_changed AFTER UPDATE ON graph_objects
  WHEN NEW.kind IN ('user', 'group') AND NEW.deleted = OLD.deleted AND NEW.body IS NOT OLD.body BEGIN
    INSERT INTO graph_changes (at, object_id, kind, change, properties)
      SELECT graph_now(), NEW.id, NEW.kind, 'updated', names FROM (SELECT ${changedProperties} AS names) WHERE names <> '[]';
  END;
  CREATE TEMP TRIGGER IF NOT EXISTS graph_object_binned AFTER UPDATE ON graph_objects
  WHEN NEW.kind IN ('user', 'group') AND NEW.deleted <> OLD.deleted BEGIN
    INSERT INTO graph_changes (at, object_id, kind, change)
      VALUES (graph_now(), NEW.id, NEW.kind, CASE NEW.deleted WHEN 1 THEN 'softDeleted' ELSE 'restored' END);
    INSERT INTO graph_changes (at, object_id, kind, change, properties, relation, target, removed)
      SELECT graph_now(), source, o.kind, 'updated', json_array(relation), relation, target, NEW.deleted
      FROM graph_edges JOIN graph_objects AS o ON o.id = source AND o.deleted = 0
      WHERE target = NEW.id AND relation IN ${told} ORDER BY source;
  END;
  CREATE TEMP TRIGGER IF NOT EXISTS graph_object_erased AFTER DELETE ON graph_objects WHEN OLD.kind IN ('user', 'group') BEGIN
    INSERT INTO graph_changes (at, object_id, kind, change) VALUES (graph_now(), OLD.id, OLD.kind, 'erased');
  END;
  CREATE TEMP TRIGGER IF NOT EXISTS graph_edge_made AFTER INSERT ON graph_edges WHEN NEW.relation IN ${told} BEGIN
    INSERT INTO graph_changes (at, object_id, kind, change, properties, relation, target)
      SELECT graph_now(), id, kind, 'updated', json_array(NEW.relation), NEW.relation, NEW.target FROM graph_objects WHERE id = NEW.source;
  END;
  CREATE TEMP TRIGGER IF NOT EXISTS graph_edge_cut AFTER DELETE ON graph_edges
  WHEN OLD.relation IN ${told} AND EXISTS (SELECT 1 FROM graph_objects WHERE id = OLD.target AND deleted = 0) BEGIN
    INSERT INTO graph_changes (at, object_id, kind, change, properties, relation, target, removed)
      SELECT graph_now(), id, kind, 'updated', json_array(OLD.relation), OLD.relation, OLD.target, 1 FROM graph_objects WHERE id = OLD.source;
  END;
`;

/** Makes the tenant keep a log of every change of users and groups, and of their members, owners, managers and sponsors, written by the statement that makes the change
 * and so in its transaction, whoever makes it. Members by a dynamic rule are not stored, so their comings and goings are not logged. */
export function prepareChangeLog(world: World): void {
  world.database.function('graph_now', () => world.now());
  world.database.exec(schema);
  world.database.exec(triggers);
}
