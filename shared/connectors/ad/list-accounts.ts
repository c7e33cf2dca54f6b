import { EqualityFilter, OrFilter } from 'ldapts';
import type { FoundAccount } from '../../ports/readers/accounts.ts';
import { toFoundAccount } from './ad-account.ts';
import { adRead } from './ad-attributes.ts';
import type { AdParts } from './ad-parts.ts';
import { guidText } from './guid.ts';
import { users } from './ldap-directory.ts';
import { managerOf } from './manager-of.ts';

const ofClass = (value: string) => new EqualityFilter({ attribute: 'objectClass', value });

/**
 * Every account of the domain, each with `memberOf`, the ids of the groups that hold it directly (its primary group is not among them). Names are turned into ids by one listing of all names beforehand, so that
 * the whole takes two searches, not one for each manager and group.
 */
export async function* listAccounts(parts: AdParts, signal: AbortSignal): AsyncGenerator<FoundAccount> {
  const ids = await idsByName(parts, signal);
  const attributes = [...adRead, 'memberOf'];
  for await (const entry of parts.directory.search({ base: parts.baseDn, scope: 'sub', filter: users(), attributes }, signal)) {
    const account = toFoundAccount(entry, await managerOf(parts, entry, ids, signal));
    if (account === undefined) continue;
    const memberOf = entry.texts('memberOf').flatMap((dn) => ids.get(dn) ?? []);
    yield { ...account, attributes: { ...account.attributes, memberOf } };
  }
}

async function idsByName(parts: AdParts, signal: AbortSignal): Promise<Map<string, string | null>> {
  const filter = new OrFilter({ filters: [ofClass('user'), ofClass('group')] });
  const ids = new Map<string, string | null>();
  for await (const entry of parts.directory.search({ base: parts.baseDn, scope: 'sub', filter, attributes: ['objectGUID'] }, signal)) {
    const guid = entry.bytes('objectGUID');
    if (guid !== undefined) ids.set(entry.dn, guidText(guid));
  }
  return ids;
}
