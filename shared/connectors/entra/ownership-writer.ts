import type { OwnershipReader } from '../../ports/readers/ownerships.ts';
import type { EdgeWriter } from '../../ports/writers/writers.ts';
import { resolvedId } from '../http/resolved-id.ts';
import type { EntraParts } from './entra-parts.ts';
import { setReference } from './reference-edge.ts';

/** Makes an account an owner of a group, or none any more. The last owner cannot be taken: Graph refuses it (https://learn.microsoft.com/graph/api/group-delete-owners). */
export function createOwnershipWriter(parts: EntraParts, reader: OwnershipReader): EdgeWriter {
  return {
    setEdge: (change, signal) => {
      const [account, group] = [resolvedId(change.object), resolvedId(change.other)];
      const isThere = async () => (await reader.ownersOf(group, signal)).includes(account);
      return setReference(parts, change, { collection: `/groups/${encodeURIComponent(group)}/owners`, member: account, isThere }, signal);
    },
  };
}
