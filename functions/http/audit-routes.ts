import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { z } from 'zod';
import { GatehouseError } from '../../shared/errors.ts';
import { eraseAuditValues } from '../../shared/operations/audit/erase-audit-values.ts';
import { verifyAudit } from '../../shared/operations/audit/verify-audit.ts';
import { findPerson } from '../../shared/operations/person-view.ts';
import type { Product } from '../compose/compose.ts';
import type { Caller } from '../compose/token-check.ts';
import { allow, apiRoute, bearer, guarded, type Handler } from './api-route.ts';
import { exported, exportTypes, type ShownRow } from './audit-export.ts';
import { queryOf } from './read-routes.ts';
import { refuseUnstorable } from './refuse-unstorable.ts';

const mostOf = { json: 500, ndjson: 10_000, csv: 10_000 } as const;
const auditQuery = z.object({
  after: z.coerce.number().int().min(0).default(0),
  person: z.string().optional(),
  run: z.string().optional(),
  format: z.enum(['json', 'ndjson', 'csv']).default('json'),
  limit: z.coerce.number().int().min(1).max(mostOf.csv).optional(),
});
type AuditQuery = z.infer<typeof auditQuery>;
const erasureBody = z.object({ reason: z.string().trim().min(1).max(1000) });

/** `GET /api/audit`: the audit rows in order, as JSON, lines of JSON or CSV; continue with `after`, or where the header `Link` leads. */
export function listAudit(product: Product): Handler {
  return guarded(product.operations.log, async (request) => {
    allow(await product.authenticate(bearer(request)), 'reader');
    refuseUnstorable(request);
    const query = queryOf(auditQuery, request);
    const most = mostOf[query.format];
    if (query.limit !== undefined && query.limit > most) throw new GatehouseError('input-invalid', `limit has to be at most ${most}`);
    const limit = query.limit ?? (query.format === 'json' ? 100 : most);
    return answer(request, query.format, await rowsOf(product, query, limit), limit);
  });
}

async function rowsOf(product: Product, { person, run, after }: AuditQuery, limit: number): Promise<readonly ShownRow[]> {
  const { registry } = product.operations;
  const whose = person === undefined ? {} : { personId: await findPerson(registry, person) };
  const rows = await registry.stores.audit.list({ after, limit, ...whose, ...(run === undefined ? {} : { runId: run }) });
  return rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }));
}

function answer(request: HttpRequest, format: AuditQuery['format'], rows: readonly ShownRow[], limit: number): HttpResponseInit {
  const last = rows.at(-1);
  const next = new URLSearchParams({ ...Object.fromEntries(request.query), after: String(last?.sequence) }).toString();
  const headers = rows.length < limit ? {} : { Link: `</api/audit?${next}>; rel="next"` };
  if (format === 'json') return { status: 200, headers, jsonBody: { rows } };
  return { status: 200, headers: { ...headers, 'Content-Type': exportTypes[format] }, body: exported(format, rows) };
}

/** `GET /api/audit/verify`: computes the chain anew and holds the anchors against it. 200 whatever comes of it: the answer says whether the audit is whole. */
export function verifyAuditRoute(product: Product): Handler {
  return apiRoute(product, 'reader', async () => {
    const { provenTo, oldestNotSealedAt, ...verdict } = await verifyAudit(product.audit);
    return {
      ...verdict,
      provenTo: provenTo === null ? null : { ...provenTo, at: new Date(provenTo.at).toISOString() },
      oldestNotSealedAt: oldestNotSealedAt === null ? null : new Date(oldestNotSealedAt).toISOString(),
      anchors: product.audit.anchors.place,
    };
  });
}

/** `POST /api/people/{key}/erase-audit-values`: takes the personal values out of a person's audit rows, for good. */
export function eraseAuditValuesRoute(product: Product): Handler {
  return apiRoute(product, 'admin', async (request, caller: Caller) => {
    const body = erasureBody.safeParse(await request.json().catch(() => undefined));
    if (!body.success) throw new GatehouseError('input-invalid', 'reason is required: a text of 1 to 1,000 characters that names nobody');
    const personId = await findPerson(product.operations.registry, request.params['key'] ?? '');
    return { personId, erased: await eraseAuditValues(product.audit, { personId, actor: caller.actor, reason: body.data.reason }) };
  });
}
