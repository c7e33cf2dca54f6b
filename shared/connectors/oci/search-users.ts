import { z } from 'zod';
import type { Api } from '../http/api.ts';
import { parseReply } from '../http/parse-reply.ts';
import { scimSchemas } from './scim-schemas.ts';
import { scimUser, type ScimUser } from './scim-user.ts';

// The most that a domain gives (https://docs.oracle.com/en-us/iaas/Content/Identity/api-getstarted/OCISQueryParameters.htm).
const pageSize = 1000;
const page = z.object({ totalResults: z.number(), Resources: z.array(scimUser).nullish() });

/**
 * Users that match a SCIM filter, or all of them, page by page; with these attributes, or those that a domain shows by itself. By POST to `.search`, which Oracle recommends where a filter holds personal data, since addresses are logged
 * (https://docs.oracle.com/en-us/iaas/Content/Identity/api-getstarted/OCISQueryParameters.htm).
 */
export async function* searchUsers(
  api: Api,
  query: { readonly filter?: string; readonly attributes?: readonly string[] },
  signal: AbortSignal,
): AsyncGenerator<ScimUser> {
  for (let startIndex = 1, total = 1; startIndex <= total;) {
    const body = { schemas: [scimSchemas.search], ...query, startIndex, count: pageSize };
    const { totalResults, Resources } = parseReply(
      api.system,
      await api.read({ method: 'POST', path: '/Users/.search', body }, signal),
      page,
    );
    const users = Resources ?? [];
    yield* users;
    // A page that is empty before the end would otherwise be asked for again for ever.
    if (users.length === 0) return;
    total = totalResults;
    startIndex += users.length;
  }
}

/** `path eq "value"` with the value escaped as a JSON string (RFC 7644 section 3.4.2.2). */
export function equalsFilter(path: string, value: string): string {
  return `${path} eq ${JSON.stringify(value)}`;
}
