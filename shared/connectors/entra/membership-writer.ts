import type { Link } from '../../domain/change.ts';
import { GatehouseError } from '../../errors.ts';
import type { MembershipReader } from '../../ports/readers/memberships.ts';
import type { Admitted } from '../../ports/writers/admitted.ts';
import type { MembershipWriter } from '../../ports/writers/writers.ts';
import type { WriteResult } from '../http/api.ts';
import { priorityOf } from '../http/priority-of.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { accepted, toAnswer, toUnaccepted } from '../http/to-answer.ts';
import type { EntraParts } from './entra-parts.ts';
import { directoryReference } from './directory-reference.ts';
import { unlessNotYetVisible } from './not-yet-visible.ts';

/**
 * Adds and removes one member by `members/$ref` (https://learn.microsoft.com/graph/api/group-post-members). A refusal is looked into before it is believed: Graph
 * answers 400 for a member that is there already, and 404 for one that is not there any more.
 */
export function createMembershipWriter(parts: EntraParts, reader: MembershipReader): MembershipWriter {
  return {
    setMembership: async (change, signal) => {
      const account = resolvedId(change.object);
      const group = resolvedId(change.other);
      const result = await setMember(parts, change, { account, group }, signal);
      if (result.is === 'ok') return toAnswer(result, account);
      if (result.is !== 'refused') return toUnaccepted(result);
      const seen = await look(reader, change, { account, group }, signal);
      if (seen === 'as-wanted') return accepted(account, result.problem.requestId);
      return seen === 'no-group' ? toUnaccepted(result) : unlessNotYetVisible(result, account, parts.recent);
    },
  };
}

type Edge = { readonly account: string; readonly group: string };

function setMember(parts: EntraParts, change: Admitted<Link>, edge: Edge, signal: AbortSignal): Promise<WriteResult> {
  const members = `/groups/${encodeURIComponent(edge.group)}/members`;
  const priority = priorityOf(change);
  if (change.do === 'unlink') {
    // Without `$ref` this call would delete the user.
    return parts.api.write({ method: 'DELETE', path: `${members}/${encodeURIComponent(edge.account)}/$ref`, priority }, signal);
  }
  const body = { '@odata.id': directoryReference(parts.api.baseUrl, edge.account) };
  return parts.api.write({ method: 'POST', path: `${members}/$ref`, body, priority }, signal);
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
