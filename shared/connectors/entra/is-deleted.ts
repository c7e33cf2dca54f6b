import type { Api } from '../http/api.ts';
import { foundOrUndefined } from '../http/found-or-undefined.ts';
import { withQuery } from '../http/with-query.ts';

/** Whether a user is among the deleted ones, where each stays 30 days (https://learn.microsoft.com/graph/api/directory-deleteditems-get). */
export async function isDeleted(api: Api, id: string, signal: AbortSignal): Promise<boolean> {
  const path = withQuery(`/directory/deletedItems/${encodeURIComponent(id)}`, { $select: 'id' });
  return (await foundOrUndefined(api.read({ method: 'GET', path }, signal))) !== undefined;
}
