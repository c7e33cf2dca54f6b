import { adError, otherDomainError } from '../ad-error.ts';
import { domain } from '../domain.ts';
import { formatDn, parseDn, pathOf, type Dn } from '../names/dn.ts';
import type { DirectoryObject } from '../store/directory-object.ts';
import type { DirectoryStore } from '../store/directory-store.ts';
import { findObject } from '../store/find-object.ts';

/** The object with this name. Fails as Active Directory does: 34 for what is not a name, 10 for a name in another domain, else 32 with the nearest object above it.
 * A deleted object is there only for who sees such. */
export function locate(store: DirectoryStore, name: string, seesDeleted: boolean = false): DirectoryObject {
  const found = findObject(store, name, seesDeleted);
  if (found === 'malformed') throw adError('badName', name);
  if (found !== undefined) return found;
  if (name.startsWith('<')) throw adError('objectMissing');
  const dn = readName(name);
  throw adError('objectMissing', nearest(store, dn.slice(1))?.dn ?? '');
}

/** Reads a name within the domain, whether or not there is such an object. */
export function readName(name: string): Dn {
  const dn = parseDn(name);
  if (dn === undefined || dn.length === 0) throw adError('badName', name);
  if (!pathOf(dn).startsWith(domainPath)) throw otherDomainError(dnsNameOf(dn), formatDn(dn));
  return dn;
}

const domainPath = pathOf(parseDn(domain.dn) ?? []);

function nearest(store: DirectoryStore, dn: Dn): DirectoryObject | undefined {
  for (let rest = dn; rest.length > 0; rest = rest.slice(1)) {
    const object = store.objects.byPath(pathOf(rest));
    if (object !== undefined) return object;
  }
  return undefined;
}

function dnsNameOf(dn: Dn): string {
  return dn
    .filter((rdn) => rdn.type === 'DC')
    .map((rdn) => rdn.value)
    .join('.');
}
