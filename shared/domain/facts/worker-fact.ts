import type { Worker } from '../worker.ts';

/** One fact of a worker record; null where the record says nothing, or says it is empty. */
export type Fact = string | number | boolean | null;

/** Every path that names a fact of a worker, besides `custom.<name>`. */
export const workerFacts: readonly string[] = [
  'workerId',
  'status',
  'workerType',
  'name.given',
  'name.family',
  'name.preferred',
  'hireDate',
  'lastDay',
  'personalEmail',
  'jobTitle',
  'jobCode',
  'department',
  'costCenter',
  'company',
  'division',
  'location.code',
  'location.city',
  'location.country',
  'managerId',
  'sponsorId',
  'timeZone',
  'phone',
  'personKey',
  'engagementId',
  'accessEnds',
  'terminationKind',
  'leave.from',
  'leave.to',
];

const customPrefix = 'custom.';

/** Whether `path` names a fact that a worker may have: one of `workerFacts`, or `custom.` and a name. */
export function isWorkerFact(path: string): boolean {
  return workerFacts.includes(path) || (path.startsWith(customPrefix) && path.length > customPrefix.length);
}

/** The fact at a path such as `location.code` or `custom.badge`. Absent, null and empty are all null: of a stored record, they say the same. */
export function workerFact(worker: Worker, path: string): Fact {
  const keys = path.startsWith(customPrefix) ? ['custom', path.slice(customPrefix.length)] : path.split('.');
  let value: unknown = worker;
  for (const key of keys) value = own(value, key);
  return typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && value !== '') ? value : null;
}

function own(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined;
}
