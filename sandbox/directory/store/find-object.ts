import { parseDn, pathOf } from '../names/dn.ts';
import { parseGuidText } from '../names/guid.ts';
import { isDeleted } from './deleted-objects.ts';
import type { DirectoryObject } from './directory-object.ts';
import type { DirectoryStore } from './directory-store.ts';

/** The object that a name stands for: a distinguished name, `<GUID=…>` or `<SID=…>` (MS-ADTS 3.1.1.3.1.2.4). `malformed` when the text is none of these, undefined when there is no such object.
 * A deleted one is found only by who asks for those too. */
export function findObject(store: DirectoryStore, name: string, seesDeleted: boolean = false): DirectoryObject | 'malformed' | undefined {
  const found = findAny(store, name);
  return typeof found === 'object' && !seesDeleted && isDeleted(found) ? undefined : found;
}

function findAny(store: DirectoryStore, name: string): DirectoryObject | 'malformed' | undefined {
  const [, kind, value = ''] = /^<(GUID|SID)=(.*)>$/i.exec(name) ?? [];
  if (kind?.toUpperCase() === 'GUID') {
    const guid = parseGuidText(value);
    return guid === undefined ? 'malformed' : store.objects.byGuid(guid);
  }
  if (kind !== undefined) {
    const [id] = store.objects.idsByKey('objectSid', value, true);
    return id === undefined ? undefined : store.objects.byId(id);
  }
  const dn = parseDn(name);
  return dn === undefined ? 'malformed' : store.objects.byPath(pathOf(dn));
}
