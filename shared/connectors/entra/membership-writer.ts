import type { Link } from '../../domain/change.ts';
import { GatehouseError } from '../../errors.ts';
import type { MembershipReader } from '../../ports/readers/memberships.ts';
import type { Admitted } from '../../ports/writers/admitted.ts';
import type { MembershipWriter } from '../../ports/writers/writers.ts';
import type { WriteResult } from '../http/api.ts';
import { machinePace } from '../http/pace.ts';
import { priorityOf } from '../http/priority-of.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { accepted, toAnswer, toUnaccepted } from '../http/to-answer.ts';
import type { EntraParts } from './entra-parts.ts';
import { directoryReference } from './directory-reference.ts';
import { type AddMember, gatherMembers } from './gather-members.ts';
import { unlessNotYetVisible } from './not-yet-visible.ts';

/**
 * Removes one member by `members/$ref`, and adds one so (https://learn.microsoft.com/graph/api/group-post-members) or several who come together by PATCH of the group
 * (https://learn.microsoft.com/graph/api/group-update). A refusal is looked into before it is believed: Graph answers 400 for a member that is there already, and 404 for one
 * that is not there any more.
 */
export function createMembershipWriter(parts: EntraParts, reader: MembershipReader): MembershipWriter {
  const gathering = gatherMembers((group, accounts, signal) => addMembers(parts, group, accounts, signal), parts.pace ?? machinePace);
  return {
    setMembership: async (change, signal) => {
      const account = resolvedId(change.object);
      const group = resolvedId(change.other);
      const result = await setMember(parts, gathering, change, signal);
      if (result.is === 'ok') return toAnswer(result, account);
      if (result.is !== 'refused') return toUnaccepted(result);
      const seen = await look(reader, change, { account, group }, signal);
      if (seen === 'as-wanted') return accepted(account, result.problem.requestId);
      return seen === 'no-group' ? toUnaccepted(result) : unlessNotYetVisible(result, account, parts.recent);
    },
  };
}

type Edge = { readonly account: string; readonly group: string };

function setMember(parts: EntraParts, gathering: AddMember, change: Admitted<Link>, signal: AbortSignal): Promise<WriteResult> {
  const account = resolvedId(change.object);
  const group = resolvedId(change.other);
  if (change.do === 'link') return gathering(group, { account, signal });
  // Without `$ref` this call would delete the user.
  const path = `${membersOf(group)}/${encodeURIComponent(account)}/$ref`;
  return parts.api.write({ method: 'DELETE', path, priority: priorityOf(change) }, signal);
}

function addMembers({ api }: EntraParts, group: string, accounts: readonly string[], signal: AbortSignal): Promise<WriteResult> {
  const references = accounts.map((account) => directoryReference(api.baseUrl, account));
  if (references.length === 1)
    return api.write({ method: 'POST', path: `${membersOf(group)}/$ref`, body: { '@odata.id': references[0] } }, signal);
  return api.write({ method: 'PATCH', path: `/groups/${encodeURIComponent(group)}`, body: { 'members@odata.bind': references } }, signal);
}

function membersOf(group: string): string {
  return `/groups/${encodeURIComponent(group)}/members`;
}

async function look(
  reader: MembershipReader,
  change: Admitted<Link>,
  edge: Edge,
  signal: AbortSignal,
): Promise<'as-wanted' | 'no-group' | 'otherwise'> {
  try {
    if ((await reader.group(edge.group, signal)) === undefined) return 'no-group';
    const isWanted = (await reader.isMember(edge.group, edge.account, signal)) === (change.do === 'link');
    return isWanted ? 'as-wanted' : 'otherwise';
  } catch (error) {
    // The refusal stands whatever the look says.
    if (error instanceof GatehouseError) return 'otherwise';
    throw error;
  }
}
