import { adError } from '../ad-error.ts';
import { domain, units } from '../domain.ts';
import { parseDn, pathOf } from '../names/dn.ts';
import type { OperationContext, Principal } from '../operations/session.ts';
import type { DirectoryObject } from '../store/directory-object.ts';

/** Refuses who has not bound. */
export function checkBound(principal: Principal | undefined): Principal {
  if (principal === undefined) throw adError('bindRequired');
  return principal;
}

/** Refuses a write to a place: only the delegated account writes, inside the domain, and not among the domain controllers. */
export function checkPlaceWritable(principal: Principal | undefined, path: string): void {
  const { isWriter } = checkBound(principal);
  if (!isWriter || path.startsWith(controllersPath) || path === domainPath) throw adError('noRights');
}

type Writing = Pick<OperationContext, 'session' | 'mayWriteProtected'>;

/** Refuses a write to an object: its place must be writable, and it must not be protected. The permissions of accounts and groups with `adminCount` 1 are
 * those of the AdminSDHolder object, which delegates nothing unless the settings say so (MS-ADTS 3.1.1.6.1). */
export function checkObjectWritable({ session, mayWriteProtected }: Writing, object: DirectoryObject): void {
  checkPlaceWritable(session.principal, object.path);
  if (object.attributes['adminCount']?.[0] === '1' && !mayWriteProtected) throw adError('noRights');
}

const domainPath = pathOf(parseDn(domain.dn) ?? []);
const controllersPath = pathOf(parseDn(units.domainControllers) ?? []);
