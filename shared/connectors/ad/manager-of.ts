import type { AdParts } from './ad-parts.ts';
import { collect } from './collect.ts';
import { idsOf } from './ids-of.ts';
import { anything } from './ldap-directory.ts';
import type { LdapEntry } from './ldap-entry.ts';

/** The id of an entry's manager. It is kept as a DN, which changes when they move; `known` saves asking again for each of their reports. */
export async function managerOf(
  parts: AdParts,
  entry: LdapEntry,
  known: Pick<Map<string, string | null>, 'get'> & { set(dn: string, id: string | null): unknown },
  signal: AbortSignal,
): Promise<string | null> {
  const dn = entry.text('manager');
  if (dn === null) return null;
  const before = known.get(dn);
  if (before !== undefined) return before;
  const [id] = await collect(
    idsOf(parts.directory.search({ base: dn, scope: 'base', filter: anything, attributes: ['objectGUID'] }, signal)),
  );
  known.set(dn, id ?? null);
  return id ?? null;
}
