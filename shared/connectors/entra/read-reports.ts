import { z } from 'zod';
import type { Api } from '../http/api.ts';
import { graphList } from '../http/graph-pages.ts';
import { withQuery } from '../http/with-query.ts';

const report = z.object({ id: z.string(), '@odata.type': z.string().optional() });

/** Ids of the users who name this one as their manager; contacts, which can do so too, are left out (https://learn.microsoft.com/graph/api/user-list-directreports). */
export async function readReports(api: Api, id: string, signal: AbortSignal): Promise<readonly string[]> {
  const path = withQuery(`/users/${encodeURIComponent(id)}/directReports`, { $select: 'id', $top: '999' });
  const reports = await graphList(api, { method: 'GET', path }, report, signal);
  return reports.filter(({ '@odata.type': type }) => type === undefined || type === '#microsoft.graph.user').map((one) => one.id);
}
