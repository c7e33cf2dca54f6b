import { units } from '../directory/domain.ts';
import { parseDn, pathOf } from '../directory/names/dn.ts';
import { guidToBytes } from '../directory/names/guid.ts';
import type { DirectoryObject } from '../directory/store/directory-object.ts';
import type { DirectoryStore } from '../directory/store/directory-store.ts';
import { listAnchors, type Anchored } from '../directory/store/list-anchors.ts';

const paths = [units.people, units.leavers].map((dn) => pathOf(parseDn(dn) ?? []));

/** True for the accounts that Cloud Sync carries: those in the units of its scope, except critical system objects
 * (https://learn.microsoft.com/entra/identity/hybrid/cloud-sync/concept-attributes). */
export function isInScope(object: DirectoryObject): boolean {
  const isCritical = object.attributes['isCriticalSystemObject']?.[0] === 'TRUE';
  return object.className === 'user' && !isCritical && paths.some((path) => object.path.startsWith(path));
}

/** The accounts in scope that have an anchor. */
export function anchorsInScope(store: DirectoryStore): readonly Anchored[] {
  return paths.flatMap((path) => listAnchors(store, path));
}

/** The anchor of an account, as hexadecimal digits: `mS-DS-ConsistencyGuid`, else the bytes of `objectGUID`. */
export function anchorOf(object: DirectoryObject): string {
  return object.attributes['mS-DS-ConsistencyGuid']?.[0] ?? guidToBytes(object.guid).toString('hex');
}

/** The anchor as Entra ID shows it in `onPremisesImmutableId`: its bytes in base64. */
export function immutableIdOf(anchor: string): string {
  return Buffer.from(anchor, 'hex').toString('base64');
}

/** The anchor of a cloud user as the directory finds accounts by it: hexadecimal digits. */
export function anchorKeyOf(immutableId: string): string {
  return Buffer.from(immutableId, 'base64').toString('hex');
}
