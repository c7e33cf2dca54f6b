import { z } from 'zod';
import type { SponsorReader } from '../../ports/readers/sponsors.ts';
import type { Api } from '../http/api.ts';
import { graphList } from '../http/graph-pages.ts';
import { withQuery } from '../http/with-query.ts';

const sponsor = z.object({ id: z.string() });

/** Reads the sponsors of a user, people and groups (https://learn.microsoft.com/graph/api/user-list-sponsors). */
export function createSponsorReader(api: Api): SponsorReader {
  return {
    sponsorsOf: async (accountId, signal) => {
      const path = withQuery(`/users/${encodeURIComponent(accountId)}/sponsors`, { $select: 'id' });
      return (await graphList(api, { method: 'GET', path }, sponsor, signal)).map(({ id }) => id);
    },
  };
}
