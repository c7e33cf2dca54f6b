import type { HttpRequest } from '@azure/functions';
import { z } from 'zod';
import { fieldProblems } from '../../shared/domain/field-problems.ts';
import { GatehouseError } from '../../shared/errors.ts';
import { findPerson, personView } from '../../shared/operations/person-view.ts';
import { runView, timed } from '../../shared/operations/run-view.ts';
import type { RunFilter } from '../../shared/ports/registry/runs.ts';
import type { Product } from '../compose/compose.ts';
import { apiRoute, type Handler } from './api-route.ts';

/** The states that a list of runs can be narrowed to. */
export const runStates = [
  'pending',
  'planned',
  'starting',
  'active',
  'held',
  'done',
  'done-with-gaps',
  'failed',
  'superseded',
  'cancelled',
  'unknown',
] as const;
const limit = z.coerce.number().int().min(1).max(500).default(100);
const runQuery = z.object({
  state: z.enum(runStates).optional(),
  workflow: z.string().optional(),
  person: z.string().optional(),
  after: z.string().optional(),
  limit,
});

/** `GET /api/runs`: runs, newest first, by state, workflow or person. */
export function listRuns(product: Product): Handler {
  return apiRoute(product, 'reader', async (request) => ({ runs: await runsOf(product, request) }));
}

/** The runs that a request's query asks for, each with its person's name. */
export async function runsOf(product: Product, request: HttpRequest) {
  const { registry } = product.operations;
  const query = queryOf(runQuery, request);
  const filter: RunFilter = {
    limit: query.limit,
    ...(query.state === undefined ? {} : { state: query.state }),
    ...(query.workflow === undefined ? {} : { workflow: query.workflow }),
    ...(query.after === undefined ? {} : { after: query.after }),
    ...(query.person === undefined ? {} : { personId: await findPerson(registry, query.person) }),
  };
  const runs = await registry.stores.runs.list(filter);
  return Promise.all(
    runs.map(async (run) => ({ ...timed(run), displayName: (await registry.stores.people.byId(run.personId))?.displayName ?? '' })),
  );
}

/** `GET /api/runs/{id}`: one run, step by step. */
export function getRun(product: Product): Handler {
  return apiRoute(product, 'reader', (request) => runView(product.operations.registry, request.params['id'] ?? ''));
}

/** `GET /api/people/{key}`: one person with accounts, holdings and runs. */
export function getPerson(product: Product): Handler {
  return apiRoute(product, 'reader', (request) => personView(product.operations, product.looks, request.params['key'] ?? ''));
}

/** `GET /api/events`: what was refused and why, and how many events stand where. */
export function listEvents(product: Product): Handler {
  return apiRoute(product, 'reader', async () => {
    const { inbox } = product.operations.registry.stores;
    const rejected = await inbox.rejected(200);
    return {
      counts: await inbox.counts(),
      rejected: rejected.map((event) => ({ ...event, receivedAt: new Date(event.receivedAt).toISOString() })),
    };
  });
}

/** `GET /api/holds`: what waits for a person's decision. */
export function listHolds(product: Product): Handler {
  return apiRoute(product, 'reader', async () => {
    const holds = await product.operations.registry.stores.holds.open(500);
    return { holds: holds.map((hold) => ({ ...hold, at: new Date(hold.at).toISOString() })) };
  });
}

/** A request's query, read by its schema. Throws `input-invalid` with the name of each bad field. */
export function queryOf<Out>(schema: z.ZodType<Out>, request: HttpRequest): Out {
  const raw = Object.fromEntries(request.query);
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  throw new GatehouseError(
    'input-invalid',
    fieldProblems(result.error, raw)
      .map(({ field, problem }) => `${field} ${problem}`)
      .join('; '),
  );
}
