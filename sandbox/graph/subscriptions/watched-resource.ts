import type { LoggedChange } from '../changes/read-changes.ts';

/** What a subscription watches: objects of a kind, one of them, or one group's members or owners. */
export type WatchedResource = {
  readonly kind: 'user' | 'group';
  readonly id: string | undefined;
  readonly relation: 'members' | 'owners' | undefined;
};

const pattern = /^\/?(users|groups)(?:\/([^/]+)(?:\/(members|owners))?)?$/i;

/** Reads a subscription's `resource`: `users`, `users/{id}`, `groups`, `groups/{id}`, `groups/{id}/members` or `owners`. Undefined for any other. */
export function watchedResource(resource: string): WatchedResource | undefined {
  const [, collection, id, relation] = pattern.exec(resource) ?? [];
  if (collection === undefined) return undefined;
  const kind = collection.toLowerCase() === 'users' ? 'user' : 'group';
  if (relation !== undefined && kind === 'user') return undefined;
  return {
    kind,
    id: id?.toLowerCase(),
    relation: relation === undefined ? undefined : relation.toLowerCase() === 'members' ? 'members' : 'owners',
  };
}

/** Whether a change is one of what is watched. */
export function concerns(resource: WatchedResource, change: LoggedChange): boolean {
  if (resource.kind !== change.kind || (resource.id !== undefined && resource.id !== change.objectId)) return false;
  return resource.relation === undefined || resource.relation === change.relation;
}

/** The type under which a change is told: a new object and a soft-deleted one are `updated` too, only one that is gone for good is `deleted`
 * (https://learn.microsoft.com/graph/api/resources/change-notifications-api-overview). */
export function changeTypeOf(change: LoggedChange): 'updated' | 'deleted' {
  return change.change === 'erased' ? 'deleted' : 'updated';
}
