import { adError, attributeError } from '../ad-error.ts';
import type { WireChange } from '../protocol/request.ts';
import type { AttributeDefinition } from '../schema/attributes.ts';
import type { DirectoryObject } from '../store/directory-object.ts';
import type { DirectoryStore } from '../store/directory-store.ts';
import { findObject } from '../store/find-object.ts';

/** Where links are changed: one attribute of one object. `isPermissive` accepts what is already so. */
export type LinkChange = { readonly source: DirectoryObject; readonly definition: AttributeDefinition; readonly isPermissive: boolean };

/** Changes the links of an object as one change of a modify request says, and tells whether anything changed. A member that is there already gives 68, one that is
 * not there 53, a name without an object 32 for a member and 19 for other links. */
export function changeLinks(store: DirectoryStore, where: LinkChange, change: WireChange): boolean {
  const targets = change.values.map((value) => findTarget(store, where.definition, value.toString('utf8')));
  switch (change.operation) {
    case 'add':
      return addLinks(store, where, targets);
    case 'delete':
      return removeLinks(store, where, targets);
    case 'replace':
      return replaceLinks(store, where, targets);
  }
}

function findTarget(store: DirectoryStore, definition: AttributeDefinition, name: string): number {
  const found = findObject(store, name);
  if (found === 'malformed') throw attributeError('referenceMalformed', definition.name);
  if (found !== undefined) return found.id;
  throw definition.name === 'member' ? adError('linkTargetMissing') : attributeError('referenceMissing', definition.name);
}

function addLinks(store: DirectoryStore, where: LinkChange, targets: readonly number[]): boolean {
  const { source, definition, isPermissive } = where;
  if (targets.length === 0) throw attributeError('isAbsent', definition.name);
  const fresh = targets.filter((target) => !store.links.has(definition.name, source.id, target));
  if (fresh.length < targets.length && !isPermissive) throw alreadyLinked(definition);
  const count = store.links.targets(definition.name, source.id).length + fresh.length;
  if (definition.isSingle && count > 1) throw attributeError(targets.length > 1 ? 'singleValued' : 'isPresent', definition.name);
  if (new Set(fresh).size < fresh.length) throw alreadyLinked(definition);
  fresh.forEach((target) => store.links.add(definition.name, source.id, target));
  return fresh.length > 0;
}

function alreadyLinked(definition: AttributeDefinition): Error {
  return definition.name === 'member' ? adError('memberExists') : attributeError('isPresent', definition.name);
}

function removeLinks(store: DirectoryStore, where: LinkChange, targets: readonly number[]): boolean {
  const { source, definition, isPermissive } = where;
  const own = store.links.targets(definition.name, source.id);
  const wanted = targets.length === 0 ? own : targets;
  const isLinked = (target: number) => store.links.has(definition.name, source.id, target);
  if (!isPermissive && (wanted.length === 0 || !wanted.every(isLinked))) {
    throw definition.name === 'member' ? adError('memberMissing') : attributeError('isAbsent', definition.name);
  }
  const linked = wanted.filter(isLinked);
  linked.forEach((target) => store.links.remove(definition.name, source.id, target));
  return linked.length > 0;
}

function replaceLinks(store: DirectoryStore, where: LinkChange, targets: readonly number[]): boolean {
  const { source, definition } = where;
  if (definition.isSingle && targets.length > 1) throw attributeError('singleValued', definition.name);
  if (new Set(targets).size < targets.length) throw alreadyLinked(definition);
  const own = store.links.targets(definition.name, source.id);
  const gone = own.filter((target) => !targets.includes(target));
  const fresh = targets.filter((target) => !own.includes(target));
  gone.forEach((target) => store.links.remove(definition.name, source.id, target));
  fresh.forEach((target) => store.links.add(definition.name, source.id, target));
  return gone.length + fresh.length > 0;
}
