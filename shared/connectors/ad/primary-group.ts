import { AndFilter, EqualityFilter } from 'ldapts';
import type { AdParts } from './ad-parts.ts';
import { collect } from './collect.ts';
import { idsOf } from './ids-of.ts';
import { ridOf } from './sid.ts';
import type { LdapEntry } from './ldap-entry.ts';

/**
 * The relative id of Domain Users, the primary group that an account has unless somebody chose another; then it is an ordinary member of Domain Users (https://learn.microsoft.com/windows/win32/adschema/a-primarygroupid). Everybody is in it one way or the other, and nobody
 * can be taken out of it, so that it is never shown.
 */
export const usualPrimaryGroup = '513';

/** Attributes that have to be read of an account, and of a group, for `isPrimaryGroup`. */
export const ofPrimaryGroup = { account: ['primaryGroupID'], group: ['objectSid'] } as const;

/** Whether the group is the account's primary one, which neither `member` nor `memberOf` names. */
export function isPrimaryGroup(account: LdapEntry, group: LdapEntry): boolean {
  const sid = group.bytes('objectSid');
  return sid !== undefined && ridOf(sid) === account.text('primaryGroupID');
}

/**
 * The id of the account's primary group where it is not Domain Users: a membership like any other, but for where it is written.
 */
export async function unusualPrimaryGroup(parts: AdParts, account: LdapEntry, signal: AbortSignal): Promise<readonly string[]> {
  const rid = account.text('primaryGroupID');
  const sid = account.bytes('objectSid');
  if (rid === null || rid === usualPrimaryGroup || sid === undefined) return [];
  const groupSid = Buffer.from(sid);
  groupSid.writeUInt32LE(Number(rid), groupSid.length - 4);
  const filter = new AndFilter({
    filters: [
      new EqualityFilter({ attribute: 'objectClass', value: 'group' }),
      new EqualityFilter({ attribute: 'objectSid', value: groupSid }),
    ],
  });
  return collect(idsOf(parts.directory.search({ base: parts.baseDn, scope: 'sub', filter, attributes: ['objectGUID'] }, signal)));
}

/** Groups read with `objectSid`, without Domain Users. */
export async function* withoutDomainUsers(groups: AsyncIterable<LdapEntry>): AsyncGenerator<LdapEntry> {
  for await (const group of groups) {
    const sid = group.bytes('objectSid');
    if (sid === undefined || ridOf(sid) !== usualPrimaryGroup) yield group;
  }
}
