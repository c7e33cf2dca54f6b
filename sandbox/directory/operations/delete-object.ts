import { transaction } from '../../foundation/transaction.ts';
import { adError } from '../ad-error.ts';
import { hasControl } from '../protocol/controls.ts';
import type { Answer } from '../protocol/response.ts';
import { checkBound, checkObjectWritable } from '../rules/rights.ts';
import { classDefinition } from '../schema/classes.ts';
import { deletedName, deletedObjectsDn, deletedPlace, deletedRange } from '../store/deleted-objects.ts';
import type { Attributes, DirectoryObject } from '../store/directory-object.ts';
import { locate } from './locate.ts';
import type { OperationContext } from './session.ts';

// What a tombstone keeps besides its names, without the Recycle Bin.
const keptByTombstones = ['objectClass', 'objectSid', 'instanceType', 'sAMAccountName'];
// What every deleted object loses, and gets back when it is restored (MS-ADTS 3.1.1.5.5.1.2).
const lost = ['objectCategory', 'sAMAccountType'];

/** Deletes an object (RFC 4511 4.8); with the tree delete control its subtree too, else one with children gives 66. It goes to the container of deleted objects and loses its
 * links at once. With the Recycle Bin its attributes, links and password are kept for a restoration, without it only what identifies it (MS-ADTS 3.1.1.5.5.1). */
export function deleteObject(context: OperationContext, name: string): Answer {
  const { store, session, controls } = context;
  checkBound(session.principal);
  const object = locate(store, name);
  const all = [...store.objects.subtree(object.path)];
  if (all.length > 1 && !hasControl(controls, 'treeDelete')) throw adError('hasChildren');
  all.forEach((item) => checkObjectWritable(context, item));
  const deepestFirst = all.toSorted((a, b) => b.path.length - a.path.length);
  transaction(store.database, () => deepestFirst.forEach((item) => deleteOne(context, item)));
  return { result: { code: 0 } };
}

function deleteOne(context: OperationContext, object: DirectoryObject): void {
  const { store, isRecycling } = context;
  const container = store.objects.byPath(deletedRange.first);
  if (container === undefined) throw new Error(`The directory has no ${deletedObjectsDn}.`);
  const sources = isRecycling ? store.links.rest(object.id) : store.links.removeAll(object.id);
  if (!isRecycling) store.passwords.remove(object.id);
  const { rdnType } = classDefinition(object.className);
  const [ownName = ''] = object.attributes['name'] ?? [];
  const name = deletedName(ownName, object.guid);
  const attributes = {
    ...keptAttributes(object.attributes, isRecycling),
    [rdnType.toLowerCase()]: [name],
    name: [name],
    isDeleted: ['TRUE'],
    lastKnownParent: [store.objects.byId(object.parent ?? 0)?.dn ?? ''],
    ...(isRecycling ? { 'msDS-LastKnownRDN': [ownName] } : {}),
  };
  store.objects.rename(object, { ...deletedPlace(rdnType, name), parent: container.id, attributes });
  sources.forEach((source) => store.objects.touch(source));
}

function keptAttributes(attributes: Attributes, isRecycling: boolean): Attributes {
  const isKept = (name: string) => (isRecycling ? !lost.includes(name) : keptByTombstones.includes(name));
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => isKept(name)));
}
