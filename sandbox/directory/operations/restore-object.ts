import { adError } from '../ad-error.ts';
import { formatDn, pathOf } from '../names/dn.ts';
import type { WireChange } from '../protocol/request.ts';
import { checkAccountNames } from '../rules/account-names.ts';
import { checkPlaceWritable } from '../rules/rights.ts';
import { attributeDefinition } from '../schema/attributes.ts';
import { categoryDn, classDefinition } from '../schema/classes.ts';
import { isDeleted } from '../store/deleted-objects.ts';
import type { DirectoryObject } from '../store/directory-object.ts';
import { locate, readName } from './locate.ts';
import type { OperationContext } from './session.ts';

/** True for the two changes of a modify request that restore a deleted object: the removal of `isDeleted`, and the new `distinguishedName`. */
export function isRestoring(change: WireChange): boolean {
  return ['isdeleted', 'distinguishedname'].includes(change.name.toLowerCase());
}

/** Brings a deleted object back to where the request says (undelete operation, MS-ADTS 3.1.1.5.3.7), with the attributes and links that were kept. `lastKnownParent` stays.
 * Refuses with 53 a request that does not ask for it, with 32 a place whose parent is missing, with 68 a name that is taken by now. */
export function restoreObject(context: OperationContext, object: DirectoryObject, changes: readonly WireChange[]): DirectoryObject {
  const { store, session } = context;
  const dn = readName(newName(changes));
  checkPlaceWritable(session.principal, pathOf(dn));
  const parent = locate(store, formatDn(dn.slice(1)));
  const [rdn] = dn;
  const { rdnType } = classDefinition(object.className);
  if (rdn === undefined || rdn.type !== rdnType || !classDefinition(parent.className).canHoldChildren)
    throw adError('namingViolation', formatDn(dn));
  if (store.objects.byPath(pathOf(dn)) !== undefined) throw adError('entryExists');
  checkAccountNames(store, object.attributes, object.className === 'user', object.id);
  const { isDeleted: _mark, 'msDS-LastKnownRDN': _name, ...kept } = object.attributes;
  const names = { [rdnType.toLowerCase()]: [rdn.value], name: [rdn.value] };
  const attributes = { ...kept, ...names, objectCategory: [categoryDn(object.className)] };
  store.objects.rename(object, { dn: `${formatDn([rdn])},${parent.dn}`, path: pathOf(dn), parent: parent.id, attributes });
  wakeLinks(context, object.id);
  const restored = store.objects.byId(object.id);
  if (restored === undefined) throw new Error('The directory lost the object that it has just restored.');
  return restored;
}

function newName(changes: readonly WireChange[]): string {
  const named = (name: string) => changes.find((change) => change.name.toLowerCase() === name);
  const mark = named('isdeleted');
  const isUnmarked = mark !== undefined && mark.values.length === 0 && mark.operation !== 'add';
  const [name, ...others] = named('distinguishedname')?.values ?? [];
  if (!isUnmarked || name === undefined || others.length > 0) throw adError('unwilling');
  return name.toString('utf8');
}

function wakeLinks({ store }: OperationContext, id: number): void {
  const isThere = (other: number) => {
    const found = store.objects.byId(other);
    return found !== undefined && !isDeleted(found);
  };
  const sources = store.links.wake(id, isThere, (attribute) => attributeDefinition(attribute)?.isSingle === true);
  sources.forEach((source) => store.objects.touch(source));
}
