import { z } from 'zod';
import type { SessionReader } from '../../ports/readers/sessions.ts';
import type { Api } from '../http/api.ts';
import { parseReply } from '../http/parse-reply.ts';
import { withQuery } from '../http/with-query.ts';

const user = z.object({ signInSessionsValidFromDateTime: z.string().nullish() });

/** Reads `signInSessionsValidFromDateTime`, before which every refresh token and session cookie is void (https://learn.microsoft.com/graph/api/resources/user). */
export function createSessionReader(api: Api): SessionReader {
  return {
    validFrom: async (accountId, signal) => {
      const path = withQuery(`/users/${encodeURIComponent(accountId)}`, { $select: 'id,signInSessionsValidFromDateTime' });
      const found = parseReply(api.system, await api.read({ method: 'GET', path }, signal), user);
      return found.signInSessionsValidFromDateTime == null ? null : Date.parse(found.signInSessionsValidFromDateTime);
    },
  };
}
