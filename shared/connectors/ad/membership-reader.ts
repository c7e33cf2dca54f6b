import { AndFilter, EqualityFilter } from 'ldapts';
import type { MembershipReader } from '../../ports/readers/memberships.ts';
import type { AdParts } from './ad-parts.ts';
import { collect } from './collect.ts';
import { existing, existingWith } from './existing.ts';
import { idsOf } from './ids-of.ts';
import { users } from './ldap-directory.ts';
import type { LdapEntry } from './ldap-entry.ts';
import { isPrimaryGroup, ofPrimaryGroup, unusualPrimaryGroup, withoutDomainUsers } from './primary-group.ts';

/**
 * Reads groups and direct memberships. Members are asked for with a filter, never listed: a large group gives them only in ranges, and names what is no account too. A primary group counts, but
 * never Domain Users. A group that AdminSDHolder protects takes no members from us, so it counts as role-assignable.
 */
export function createMembershipReader(parts: AdParts): MembershipReader {
  return {
    group: async (groupId, signal) => {
      const entry = await parts.directory.object(groupId, ['cn', 'adminCount', 'objectClass'], signal);
      if (entry === undefined || !entry.texts('objectClass').includes('group')) return undefined;
      return { id: groupId, name: entry.text('cn') ?? groupId, kind: entry.text('adminCount') === '1' ? 'role-assignable' : 'static' };
    },
    groupsOf: async (accountId, signal) => {
      const account = await existingWith(parts, accountId, ['primaryGroupID', 'objectSid'], signal);
      const filter = new AndFilter({ filters: [new EqualityFilter({ attribute: 'objectClass', value: 'group' }), holds(account)] });
      const query = { base: parts.baseDn, scope: 'sub', filter, attributes: ['objectGUID', 'objectSid'] } as const;
      const held = withoutDomainUsers(parts.directory.search(query, signal));
      return [...(await collect(idsOf(held))), ...(await unusualPrimaryGroup(parts, account, signal))];
    },
    membersOf: (groupId, signal) => membersOf(parts, groupId, signal),
    isMember: async (groupId, accountId, signal) => {
      const group = await existingWith(parts, groupId, ofPrimaryGroup.group, signal);
      const account = await existingWith(parts, accountId, ofPrimaryGroup.account, signal);
      if (isPrimaryGroup(account, group)) return true;
      const found = parts.directory.search({ base: group.dn, scope: 'base', filter: holds(account), attributes: ['objectGUID'] }, signal);
      return (await collect(found)).length > 0;
    },
  };
}

// By the back-link and a paged search: `member` itself would have to be read in ranges.
async function* membersOf(parts: AdParts, groupId: string, signal: AbortSignal): AsyncGenerator<string> {
  const group = await existing(parts, groupId, signal);
  const filter = users(new EqualityFilter({ attribute: 'memberOf', value: group.dn }));
  yield* idsOf(parts.directory.search({ base: parts.baseDn, scope: 'sub', filter, attributes: ['objectGUID'] }, signal));
}

function holds(account: LdapEntry): EqualityFilter {
  return new EqualityFilter({ attribute: 'member', value: account.dn });
}
