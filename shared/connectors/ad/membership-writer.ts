import type { MembershipReader } from '../../ports/readers/memberships.ts';
import type { MembershipWriter } from '../../ports/writers/writers.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { accepted } from '../http/to-answer.ts';
import type { AdParts } from './ad-parts.ts';
import { existingWith } from './existing.ts';
import { isPrimaryGroup, ofPrimaryGroup, usualPrimaryGroup } from './primary-group.ts';
import { tried } from './tried.ts';

/**
 * Adds and removes one member. Somebody whose primary group it is gets Domain Users as that first, since they cannot leave it before. A refusal is looked into before it is believed: a member that is there already is 68, one that is not there 53 (MS-ADTS 3.1.1.5.3), and servers differ.
 */
export function createMembershipWriter(parts: AdParts, reader: MembershipReader): MembershipWriter {
  return {
    setMembership: (change, signal) =>
      tried(async () => {
        const accountId = resolvedId(change.object);
        const groupId = resolvedId(change.other);
        const group = await existingWith(parts, groupId, ofPrimaryGroup.group, signal);
        const account = await existingWith(parts, accountId, ofPrimaryGroup.account, signal);
        const operation = change.do === 'link' ? 'add' : 'delete';
        if (operation === 'delete' && isPrimaryGroup(account, group)) {
          const freed = await parts.directory.replace(account.dn, new Map([['primaryGroupID', [usualPrimaryGroup]]]), signal);
          if (freed.is !== 'ok') return freed;
        }
        const result = await parts.directory.change(group.dn, { operation, attribute: 'member', value: account.dn }, signal);
        if (result.is === 'ok') return accepted(accountId);
        if (result.is !== 'refused') return result;
        const isSo = (await reader.isMember(groupId, accountId, signal)) === (change.do === 'link');
        return isSo ? accepted(accountId) : { is: 'refused', problem: result.problem };
      }),
  };
}
