import { z } from 'zod';
import type { WireAnswer } from '../foundation/wire.ts';
import type { World } from '../foundation/world.ts';
import { manyWorkersSchema, massTerminationSchema, newWorkerSchema, workerChangeSchema } from './worker-schema.ts';
import { createWorkers, terminateWorkers } from './many-workers.ts';
import { changeWorker, createWorker, findWorker, listWorkers, type PageEnd } from './worker-store.ts';
import { findWorkContact, putWorkContact, workContactSchema } from './work-contacts.ts';

/** What an operation needs of a request. */
export type HrRequest = { readonly workerId: string; readonly query: (name: string) => string | undefined; readonly body: unknown };

/** One operation of the HR API. */
export type HrOperation = {
  readonly name: string;
  readonly kind: 'read' | 'write';
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT';
  readonly route: string;
  readonly work: (world: World, request: HrRequest) => WireAnswer;
};

const worker = '/hr/v1/workers/:workerId';
const contact = '/hr/v1/work-contacts/:workerId';

/** The operations of docs/sandbox.md, section "HR wire format". */
export const hrOperations: readonly HrOperation[] = [
  { name: 'workers.list', kind: 'read', method: 'GET', route: '/hr/v1/workers', work: list },
  { name: 'workers.createMany', kind: 'write', method: 'POST', route: '/hr/v1/workers/bulk', work: createMany },
  { name: 'workers.terminateMany', kind: 'write', method: 'POST', route: '/hr/v1/mass-termination', work: terminateMany },
  { name: 'workers.get', kind: 'read', method: 'GET', route: worker, work: get },
  { name: 'workers.create', kind: 'write', method: 'POST', route: '/hr/v1/workers', work: create },
  { name: 'workers.update', kind: 'write', method: 'PATCH', route: worker, work: update },
  { name: 'workContacts.put', kind: 'write', method: 'PUT', route: contact, work: putContact },
  { name: 'workContacts.get', kind: 'read', method: 'GET', route: contact, work: getContact },
];

const cursorSchema = z.string().transform((text, check): PageEnd => {
  const [updatedAt, workerId] = Buffer.from(text, 'base64url').toString().split(' ');
  if (workerId !== undefined && Number.isFinite(Number(updatedAt))) return { updatedAt: Number(updatedAt), workerId };
  check.addIssue('not a cursor of this API; use nextCursor as it was returned');
  return z.NEVER;
});
const listSchema = z.object({
  updatedSince: z.iso
    .datetime({ offset: true })
    .transform((text) => Date.parse(text))
    .default(0),
  cursor: cursorSchema.nullable().default(null),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

function list(world: World, { query }: HrRequest): WireAnswer {
  const asked = listSchema.safeParse({ updatedSince: query('updatedSince'), cursor: query('cursor'), limit: query('limit') });
  if (!asked.success) return invalid(asked.error);
  const { workers, end } = listWorkers(world.database, {
    since: asked.data.updatedSince,
    after: asked.data.cursor,
    limit: asked.data.limit,
  });
  const nextCursor = end === null ? null : Buffer.from(`${end.updatedAt} ${end.workerId}`).toString('base64url');
  return { status: 200, body: { workers, nextCursor } };
}

function get(world: World, { workerId }: HrRequest): WireAnswer {
  const found = findWorker(world.database, workerId);
  return found === undefined ? unknownWorker(workerId) : { status: 200, body: found };
}

function create(world: World, { body }: HrRequest): WireAnswer {
  const entered = newWorkerSchema.safeParse(body);
  if (!entered.success) return invalid(entered.error);
  const created = createWorker(world, entered.data);
  return created === undefined
    ? failure(409, 'exists', `Worker ${entered.data.workerId} exists already; use PATCH to change them.`)
    : { status: 201, body: created };
}

function createMany(world: World, { body }: HrRequest): WireAnswer {
  const entered = manyWorkersSchema.safeParse(body);
  if (!entered.success) return invalid(entered.error);
  const { created, taken } = createWorkers(world, entered.data);
  return taken.length > 0
    ? failure(409, 'exists', `Nobody was entered, because these workers exist already: ${taken.join(', ')}.`)
    : { status: 201, body: { created } };
}

function terminateMany(world: World, { body }: HrRequest): WireAnswer {
  const asked = massTerminationSchema.safeParse(body);
  if (!asked.success) return invalid(asked.error);
  const { terminated, unknown } = terminateWorkers(world, asked.data);
  return unknown.length > 0
    ? failure(404, 'notFound', `Nobody was terminated, because there are no such workers: ${unknown.join(', ')}.`)
    : { status: 200, body: { terminated } };
}

function update(world: World, { workerId, body }: HrRequest): WireAnswer {
  const change = workerChangeSchema.safeParse(body);
  if (!change.success) return invalid(change.error);
  const changed = changeWorker(world, workerId, change.data);
  return changed === undefined ? unknownWorker(workerId) : { status: 200, body: changed };
}

function putContact(world: World, { workerId, body }: HrRequest): WireAnswer {
  const written = workContactSchema.safeParse(body);
  if (!written.success) return invalid(written.error);
  const kept = { workerId, ...written.data };
  putWorkContact(world.database, kept);
  return { status: 200, body: kept };
}

function getContact(world: World, { workerId }: HrRequest): WireAnswer {
  const found = findWorkContact(world.database, workerId);
  return found === undefined
    ? failure(404, 'notFound', `No work contact was written for worker ${workerId}.`)
    : { status: 200, body: found };
}

function unknownWorker(workerId: string): WireAnswer {
  return failure(404, 'notFound', `There is no worker ${workerId}.`);
}

function invalid(error: z.ZodError): WireAnswer {
  return failure(400, 'invalid', error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`).join('; '));
}

function failure(status: number, code: string, message: string): WireAnswer {
  return { status, body: { error: { code, message } } };
}
