import type { MembershipReader } from '../../ports/readers/memberships.ts';
import type { MembershipWriter } from '../../ports/writers/writers.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { accepted } from '../http/to-answer.ts';
import type { AdParts } from './ad-parts.ts';
import { existing } from './existing.ts';
import { tried } from './tried.ts';

/**
 * Adds and removes one member. A refusal is looked into before it is believed: a member that is there already is 68, one that is not there 53 (MS-ADTS 3.1.1.5.3), and servers differ.
 */
export function createMembershipWriter(parts: AdParts, reader: MembershipReader): MembershipWriter {
  return {
    setMembership: (change, signal) =>
      tried(async () => {
        const accountId = resolvedId(change.object);
        const groupId = resolvedId(change.other);
        const group = await existing(parts, groupId, signal);
        const account = await existing(parts, accountId, signal);
        const operation = change.do === 'link' ? 'add' : 'delete';
        const result = await parts.directory.change(group.dn, { operation, attribute: 'member', value: account.dn }, signal);
        if (result.is === 'ok') return accepted(accountId);
        if (result.is !== 'refused') return result;
        const isSo = (await reader.isMember(groupId, accountId, signal)) === (change.do === 'link');
        return isSo ? accepted(accountId) : { is: 'refused', problem: result.problem };
      }),
  };
}
