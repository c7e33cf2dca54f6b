import type { DatabaseSync } from 'node:sqlite';
import type { World } from '../../foundation/world.ts';
import type { ControllerName } from '../domain.ts';
import type { Attributes, DirectoryObject } from './directory-object.ts';
import { directoryStore, type DirectoryStore } from './directory-store.ts';
import type { Objects } from './objects.ts';
import { differing, openReplication, type Replication } from './replication.ts';

const replications = new WeakMap<DatabaseSync, Replication>();

/** The directory as one domain controller has it: values of attributes and new objects arrive from the other one after `settings.directory.replicationDelayMs`. Names, links,
 * passwords and deletions replicate at once, and update numbers are the same on both. */
export function controllerStore(world: World, controller: ControllerName): DirectoryStore {
  const store = directoryStore(world);
  const replication = replications.get(world.database) ?? openReplication(world.now);
  replications.set(world.database, replication);
  const delay = () => world.settings.directory.replicationDelayMs;
  return { ...store, objects: viewOf(store.objects, replication, { controller, delay }) };
}

type Controller = { readonly controller: ControllerName; readonly delay: () => number };

function viewOf(objects: Objects, replication: Replication, { controller, delay }: Controller): Objects {
  const see = (object: DirectoryObject | undefined) => (object === undefined ? undefined : replication.asSeenBy(controller, object));
  const seeAll = (all: readonly DirectoryObject[]) => all.flatMap((object) => see(object) ?? []);
  return {
    ...objects,
    byId: (id) => see(objects.byId(id)),
    byPath: (path) => see(objects.byPath(path)),
    byGuid: (guid) => see(objects.byGuid(guid)),
    children: (id) => seeAll(objects.children(id)),
    changedSince: (usn) => seeAll(objects.changedSince(usn)),
    subtree: (path, after) => seeEach(objects.subtree(path, after), see),
    insert: (object) => {
      const made = objects.insert(object);
      replication.note({ object: made.id, by: controller, before: undefined, after: made.attributes }, delay());
      return made;
    },
    update: (id, attributes, isQuiet = false) => {
      const current = objects.byId(id);
      if (current === undefined) return;
      const merged = onto(current, see(current), attributes);
      objects.update(id, merged, isQuiet);
      // What a controller counts for itself is never replicated, but is one store here.
      if (!isQuiet) replication.note({ object: id, by: controller, before: current.attributes, after: merged }, delay());
    },
    rename: (object, to) => {
      const current = objects.byId(object.id) ?? object;
      objects.rename(current, { ...to, attributes: onto(current, see(current), to.attributes) });
    },
  };
}

function* seeEach(
  all: Iterable<DirectoryObject>,
  see: (object: DirectoryObject) => DirectoryObject | undefined,
): Iterable<DirectoryObject> {
  for (const object of all) {
    const seen = see(object);
    if (seen !== undefined) yield seen;
  }
}

// Replication goes attribute by attribute: a controller that has not heard of a newer value does not undo it by writing another attribute.
function onto(current: DirectoryObject, seen: DirectoryObject | undefined, attributes: Attributes): Attributes {
  if (seen === undefined || seen === current) return attributes;
  const merged: Record<string, readonly string[]> = { ...current.attributes };
  for (const name of differing(seen.attributes, attributes)) {
    const value = attributes[name];
    if (value === undefined) delete merged[name];
    else merged[name] = value;
  }
  return merged;
}
