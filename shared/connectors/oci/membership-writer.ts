import type { Link } from '../../domain/change.ts';
import { GatehouseError } from '../../errors.ts';
import type { MembershipReader } from '../../ports/readers/memberships.ts';
import type { MembershipWriter } from '../../ports/writers/writers.ts';
import type { Api } from '../http/api.ts';
import { priorityOf } from '../http/priority-of.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { accepted, toAnswer } from '../http/to-answer.ts';
import { equalsFilter } from './search-users.ts';
import { scimSchemas } from './scim-schemas.ts';

/**
 * Adds and removes one member by PATCH of the group. Members are named by the SCIM id; the OCID is refused. A refusal is looked into before it is believed, since
 * some domains refuse a member that is there already (https://github.com/oracle/terraform-provider-oci/issues/2045).
 */
export function createMembershipWriter(api: Api, reader: MembershipReader): MembershipWriter {
  return {
    setMembership: async (change, signal) => {
      const account = resolvedId(change.object);
      const group = resolvedId(change.other);
      const body = { schemas: [scimSchemas.patch], Operations: [operation(change.do, account)] };
      const result = await api.write(
        { method: 'PATCH', path: `/Groups/${encodeURIComponent(group)}`, body, priority: priorityOf(change) },
        signal,
      );
      const isSo = result.is === 'refused' && (await isAsWanted(reader, change.do, { account, group }, signal));
      return isSo ? accepted(account, result.problem.requestId) : toAnswer(result, account);
    },
  };
}

function operation(does: Link['do'], account: string): Readonly<Record<string, unknown>> {
  if (does === 'link') return { op: 'add', path: 'members', value: [{ value: account, type: 'User' }] };
  return { op: 'remove', path: `members[${equalsFilter('value', account)}]` };
}

async function isAsWanted(
  reader: MembershipReader,
  does: Link['do'],
  edge: { readonly account: string; readonly group: string },
  signal: AbortSignal,
): Promise<boolean> {
  try {
    if ((await reader.group(edge.group, signal)) === undefined) return false;
    return (await reader.isMember(edge.group, edge.account, signal)) === (does === 'link');
  } catch (error) {
    // The refusal stands whatever the look says.
    if (error instanceof GatehouseError) return false;
    throw error;
  }
}
