import type { World } from '../../foundation/world.ts';
import { relationChanges, type LoggedChange } from '../changes/read-changes.ts';
import { presentObject, related } from '../odata/present-object.ts';
import type { DirectoryObject } from '../store/entities.ts';
import { readDeleted, readObject } from '../store/objects.ts';
import type { DeltaScope } from './delta-token.ts';

// https://learn.microsoft.com/graph/api/user-delta, .../group-delta
const trackedRelations = ['manager', 'members', 'owners'] as const;

/** An object that a round tells of, and since which change; undefined tells all of it. */
export type DeltaEntry = { readonly id: string; readonly since: number | undefined; readonly until: number };

type Shown = Readonly<Record<string, unknown>>;

/** An object as delta shows it: its selected properties and what was added to or removed from its selected relations, or that it was removed:
 * `changed` while it can be restored, `deleted` when it is gone. */
export function presentDelta(world: World, entry: DeltaEntry, { select }: DeltaScope): Shown {
  const object = readObject(world, entry.id);
  if (object === undefined) {
    const reason = readDeleted(world, entry.id) === undefined ? 'deleted' : 'changed';
    return { id: entry.id, '@removed': { reason } };
  }
  const properties = select?.filter((name) => !trackedRelations.some((relation) => relation === name));
  const shape = { select: properties === undefined ? undefined : ['id', ...properties], expand: [] };
  const relations = trackedRelations.filter((name) => select?.includes(name) === true);
  return {
    ...presentObject(world, object, shape, false),
    ...Object.fromEntries(relations.flatMap((name) => relationDelta(world, object, { ...entry, name }))),
  };
}

type RelationEntry = DeltaEntry & { readonly name: (typeof trackedRelations)[number] };

function relationDelta(world: World, object: DirectoryObject, entry: RelationEntry): readonly (readonly [string, readonly Shown[]])[] {
  const items = entry.since === undefined ? allRelated(world, object, entry.name) : changedRelated(world, { ...entry, since: entry.since });
  return items.length === 0 ? [] : [[`${entry.name}@delta`, items]];
}

function allRelated(world: World, object: DirectoryObject, name: string): readonly Shown[] {
  return (related(world, object, name) ?? []).map(({ kind, entity }) => ({ '@odata.type': `#microsoft.graph.${kind}`, id: entity.id }));
}

function changedRelated(world: World, entry: RelationEntry & { readonly since: number }): readonly Shown[] {
  const latest = new Map<string, LoggedChange>();
  for (const change of relationChanges(world.database, entry.id, entry)) {
    if (change.relation !== entry.name || change.target === null) continue;
    latest.delete(change.target);
    latest.set(change.target, change);
  }
  const changes = [...latest];
  // A person has one manager: whoever was replaced is not mentioned.
  const told =
    entry.name === 'manager' && changes.some(([, { removed }]) => !removed) ? changes.filter(([, { removed }]) => !removed) : changes;
  return told.map(([id, { removed }]) => ({
    '@odata.type': `#microsoft.graph.${(readObject(world, id) ?? readDeleted(world, id))?.kind ?? 'user'}`,
    id,
    ...(removed ? { '@removed': { reason: 'deleted' } } : {}),
  }));
}
