import { domain } from '../domain.ts';
import { endOfSubtree, formatDn, parseDn, pathOf, type Dn } from '../names/dn.ts';
import type { DirectoryObject } from './directory-object.ts';

/** The container of deleted objects (MS-ADTS 6.1.1.4.2), which is marked as deleted itself. */
export const deletedObjectsDn = `CN=Deleted Objects,${domain.dn}`;

/** The keys of deleted objects: the container and what is below it. */
export const deletedRange = rangeOf(parseDn(deletedObjectsDn) ?? []);

/** True for a deleted object, and for the container of such. They are seen only with the show deleted objects control (MS-ADTS 3.1.1.3.4.1.14). */
export function isDeleted(object: Pick<DirectoryObject, 'path'>): boolean {
  return object.path.startsWith(deletedRange.first);
}

/** The name that a deleted object has: its own, then a line feed and its GUID, so that it never stands in the way of another (MS-ADTS 3.1.1.5.5.1). */
export function deletedName(name: string, guid: string): string {
  return `${name}\nDEL:${guid}`;
}

/** Name and key below the container of deleted objects. */
export function deletedPlace(type: string, name: string): Pick<DirectoryObject, 'dn' | 'path'> {
  const rdn = { type, value: name };
  return { dn: `${formatDn([rdn])},${deletedObjectsDn}`, path: deletedRange.first + pathOf([rdn]) };
}

function rangeOf(dn: Dn): { readonly first: string; readonly end: string } {
  const first = pathOf(dn);
  return { first, end: endOfSubtree(first) };
}
