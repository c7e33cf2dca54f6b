import { AndFilter, EqualityFilter, ExtensibleFilter } from 'ldapts';
import { GatehouseError } from '../../errors.ts';
import type { AdParts } from './ad-parts.ts';
import { parentName } from './distinguished-name.ts';

/** LDAP_MATCHING_RULE_IN_CHAIN: follows the link through nested groups (MS-ADTS 3.1.1.3.4.4.3). */
const inChain = '1.2.840.113556.1.4.1941';
/** Relative ids of the protected groups that may be somebody's primary group, which no `member` names (MS-ADTS 3.1.1.6.1.1). */
const protectedPrimaryGroups = new Set(['512', '516', '518', '519', '521']);

/**
 * Whether the account is in a protected organisational unit, protected by AdminSDHolder (`adminCount` 1), or a member, however nested, of a group that is
 * (https://learn.microsoft.com/windows-server/identity/ad-ds/plan/security-best-practices/appendix-c--protected-accounts-and-groups-in-active-directory). Throws where it cannot be told.
 */
export async function holdsPrivilege(parts: AdParts, id: string, signal: AbortSignal): Promise<boolean> {
  const account = await parts.directory.object(id, ['adminCount', 'primaryGroupID'], signal);
  if (account === undefined)
    throw new GatehouseError('target-not-found', `Active Directory has no account ${id}, so its privileges cannot be told.`);
  if ((parts.protectedOus ?? []).some((container) => isBelow(account.dn, container))) return true;
  if (account.text('adminCount') === '1' || protectedPrimaryGroups.has(account.text('primaryGroupID') ?? '')) return true;
  const filter = new AndFilter({
    filters: [
      new EqualityFilter({ attribute: 'objectClass', value: 'group' }),
      new EqualityFilter({ attribute: 'adminCount', value: '1' }),
      new ExtensibleFilter({ rule: inChain, matchType: 'member', value: account.dn }),
    ],
  });
  for await (const _ of parts.directory.search({ base: parts.baseDn, scope: 'sub', filter, attributes: ['objectGUID'] }, signal))
    return true;
  return false;
}

/** Container by container, for a comma may be part of a name; names are compared without regard to case. */
function isBelow(dn: string, container: string): boolean {
  for (let parent = parentName(dn); parent !== ''; parent = parentName(parent))
    if (parent.toLowerCase() === container.toLowerCase()) return true;
  return false;
}
