import type { HttpRequest } from '@azure/functions';
import { z } from 'zod';
import { auditPage } from '../../console/audit-page.ts';
import { findPerson } from '../../shared/operations/person-view.ts';
import type { Product } from '../compose/compose.ts';
import { queryOf } from './read-routes.ts';

const pageSize = 100;
const pageQuery = z.object({
  before: z.coerce.number().int().min(1).default(Number.MAX_SAFE_INTEGER),
  person: z.string().optional(),
});

/** The audit, newest rows first, of everybody or of one person, a page at a time. */
export async function auditPageOf(product: Product, request: HttpRequest): Promise<string> {
  const { before, person } = queryOf(pageQuery, request);
  const { registry } = product.operations;
  const whose = person === undefined ? {} : { personId: await findPerson(registry, person) };
  const rows = await registry.stores.audit.list({ after: 0, before, limit: pageSize, ...whose });
  const last = rows.at(-1);
  if (last === undefined || rows.length < pageSize) return auditPage({ rows });
  const next = new URLSearchParams({ ...(person === undefined ? {} : { person }), before: String(last.sequence) });
  return auditPage({ rows, next: `/console/audit?${next.toString()}` });
}
