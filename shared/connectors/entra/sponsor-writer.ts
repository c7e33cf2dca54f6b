import type { SponsorReader } from '../../ports/readers/sponsors.ts';
import type { EdgeWriter } from '../../ports/writers/writers.ts';
import { resolvedId } from '../http/resolved-id.ts';
import type { EntraParts } from './entra-parts.ts';
import { setReference } from './reference-edge.ts';

/** Names and removes a sponsor of a user (https://learn.microsoft.com/graph/api/user-post-sponsors). */
export function createSponsorWriter(parts: EntraParts, reader: SponsorReader): EdgeWriter {
  return {
    setEdge: (change, signal) => {
      const [account, sponsor] = [resolvedId(change.object), resolvedId(change.other)];
      const isThere = async () => (await reader.sponsorsOf(account, signal)).includes(sponsor);
      return setReference(
        parts,
        change,
        { collection: `/users/${encodeURIComponent(account)}/sponsors`, member: sponsor, isThere },
        signal,
      );
    },
  };
}
