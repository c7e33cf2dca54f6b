import type { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import type { World } from '../foundation/world.ts';
import { transaction } from '../foundation/transaction.ts';
import { companyOf } from '../company/company-of.ts';
import type { CompanyPerson } from '../company/company.ts';
import { enqueueEvent } from './event-queue.ts';
import type { NewWorker, Worker, WorkerChange } from './worker-schema.ts';

/** Where a page of workers ended. */
export type PageEnd = { readonly updatedAt: number; readonly workerId: string };

/** A page of workers by time of their last change. */
export type WorkerPage = { readonly workers: readonly Worker[]; readonly end: PageEnd | null };

/** Creates the table of workers and, when it is empty, enters the sample company without posting events. */
export function prepareWorkers(world: World): void {
  world.database
    .exec(`CREATE TABLE IF NOT EXISTS hr_workers (worker_id TEXT PRIMARY KEY, updated_at INTEGER NOT NULL, worker TEXT NOT NULL);
    CREATE INDEX IF NOT EXISTS hr_workers_updated ON hr_workers (updated_at, worker_id)`);
  transaction(world.database, () => {
    if (world.database.prepare('SELECT 1 FROM hr_workers LIMIT 1').get() !== undefined) return;
    for (const person of companyOf(world).inHr) save(world, workerOf(person), 1);
  });
}

/** The worker, or undefined. */
export function findWorker(database: DatabaseSync, workerId: string): Worker | undefined {
  const row = database.prepare('SELECT worker FROM hr_workers WHERE worker_id = ?').get(workerId);
  return row === undefined ? undefined : (JSON.parse(String(row['worker'])) as Worker);
}

/** Up to `limit` workers that were changed at or after `since` (milliseconds), after the end of the page before. */
export function listWorkers(
  database: DatabaseSync,
  query: { readonly since: number; readonly after: PageEnd | null; readonly limit: number },
): WorkerPage {
  const after = query.after ?? { updatedAt: query.since - 1, workerId: '\u{10ffff}' };
  const rows = database
    .prepare(
      'SELECT worker_id, updated_at, worker FROM hr_workers WHERE (updated_at, worker_id) > (?, ?) ORDER BY updated_at, worker_id LIMIT ?',
    )
    .all(after.updatedAt, after.workerId, query.limit + 1);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const end =
    rows.length > page.length && last !== undefined ? { updatedAt: Number(last['updated_at']), workerId: String(last['worker_id']) } : null;
  return { workers: page.map((row) => JSON.parse(String(row['worker'])) as Worker), end };
}

/** Enters a worker and queues the event, in one transaction. Undefined when the worker id is taken. */
export function createWorker(world: World, worker: NewWorker): Worker | undefined {
  return transaction(world.database, () => {
    const saved = enterWorker(world, worker);
    if (saved !== undefined) enqueueEvent(world, saved);
    return saved;
  });
}

/** Enters a worker and tells nobody. Undefined when the worker id is taken. */
export function enterWorker(world: World, worker: NewWorker): Worker | undefined {
  return findWorker(world.database, worker.workerId) === undefined ? save(world, worker, 1) : undefined;
}

/** Changes a worker and queues the event, in one transaction. A change that changes nothing makes no event. Undefined when there is no such worker. */
export function changeWorker(world: World, workerId: string, change: WorkerChange): Worker | undefined {
  return transaction(world.database, () => {
    const before = findWorker(world.database, workerId);
    if (before === undefined) return undefined;
    const after = alterWorker(world, before, change);
    if (after.revision > before.revision) enqueueEvent(world, after);
    return after;
  });
}

/** Changes a worker and tells nobody. The revision grows unless the change changes nothing. */
export function alterWorker(world: World, before: Worker, change: WorkerChange): Worker {
  const after = merged(before, change);
  return isDeepStrictEqual(after, before) ? before : save(world, after, before.revision + 1);
}

function merged(before: Worker, change: WorkerChange): Worker {
  const { name, location, custom, ...flat } = change;
  return {
    ...before,
    ...flat,
    name: { ...before.name, ...name },
    ...(location === undefined ? {} : { location: location && { code: '', ...before.location, ...location } }),
    ...(custom === undefined ? {} : { custom: { ...before.custom, ...custom } }),
  };
}

function save(world: World, worker: NewWorker, revision: number): Worker {
  const now = world.now();
  const saved = { ...worker, revision, updatedAt: new Date(now).toISOString() };
  world.database
    .prepare('INSERT INTO hr_workers VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET updated_at = excluded.updated_at, worker = excluded.worker')
    .run(saved.workerId, now, JSON.stringify(saved));
  return saved;
}

function workerOf(person: CompanyPerson): NewWorker {
  const { workerId, personalEmail, jobTitle, jobCode, department, costCenter, division, location, managerId, hireDate, timeZone, phone } =
    person;
  return {
    workerId,
    status: person.lastDay === null ? 'active' : 'terminated',
    workerType: person.kind,
    name: { ...person.name, preferred: null },
    personalEmail,
    jobTitle,
    jobCode,
    department,
    costCenter,
    company: person.company,
    division,
    location,
    managerId,
    hireDate,
    lastDay: person.lastDay,
    timeZone,
    phone,
    custom: {},
  };
}
