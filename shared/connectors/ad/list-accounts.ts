import { EqualityFilter, OrFilter } from 'ldapts';
import type { FoundAccount } from '../../ports/readers/accounts.ts';
import { toFoundAccount } from './ad-account.ts';
import { adRead } from './ad-attributes.ts';
import type { AdParts } from './ad-parts.ts';
import { collect } from './collect.ts';
import { guidText } from './guid.ts';
import { users } from './ldap-directory.ts';
import { managerOf } from './manager-of.ts';
import { usualPrimaryGroup } from './primary-group.ts';
import { readRange } from './read-range.ts';
import { ridOf } from './sid.ts';

const ofClass = (value: string) => new EqualityFilter({ attribute: 'objectClass', value });

/**
 * Every account of the domain, each with `memberOf`, the ids of the groups that hold it directly (its primary group too, but never Domain Users). Names are turned into ids by one listing of all names
 * beforehand, so that the whole takes two searches, not one for each manager and group.
 */
export async function* listAccounts(parts: AdParts, signal: AbortSignal): AsyncGenerator<FoundAccount> {
  const { ids, groupsByRid } = await allIds(parts, signal);
  const attributes = [...adRead, 'memberOf', 'primaryGroupID'];
  for await (const entry of parts.directory.search({ base: parts.baseDn, scope: 'sub', filter: users(), attributes }, signal)) {
    const account = toFoundAccount(entry, await managerOf(parts, entry, ids, signal));
    if (account === undefined) continue;
    const names = entry.isCut('memberOf') ? await collect(readRange(parts, entry.dn, 'memberOf', signal)) : entry.texts('memberOf');
    const primary = groupsByRid.get(entry.text('primaryGroupID') ?? '');
    const memberOf = [...names.flatMap((dn) => ids.get(dn) ?? []), ...(primary === undefined ? [] : [primary])];
    yield { ...account, attributes: { ...account.attributes, memberOf } };
  }
}

type AllIds = { readonly ids: Map<string, string | null>; readonly groupsByRid: ReadonlyMap<string, string> };

async function allIds(parts: AdParts, signal: AbortSignal): Promise<AllIds> {
  const filter = new OrFilter({ filters: [ofClass('user'), ofClass('group')] });
  const attributes = ['objectGUID', 'objectSid', 'groupType'];
  const ids = new Map<string, string | null>();
  const groupsByRid = new Map<string, string>();
  for await (const entry of parts.directory.search({ base: parts.baseDn, scope: 'sub', filter, attributes }, signal)) {
    const guid = entry.bytes('objectGUID');
    if (guid === undefined) continue;
    const sid = entry.bytes('objectSid');
    const rid = sid === undefined || entry.text('groupType') === null ? undefined : ridOf(sid);
    if (rid === usualPrimaryGroup) continue;
    ids.set(entry.dn, guidText(guid));
    if (rid !== undefined) groupsByRid.set(rid, guidText(guid));
  }
  return { ids, groupsByRid };
}
