import type { Worker } from './worker.ts';

/** What an event means for a person. */
export type EventKind =
  | 'joiner'
  | 'mover'
  | 'leaver'
  | 'rehire'
  | 'conversion'
  | 'leave'
  | 'return'
  | 'rescinded'
  | 'correction'
  | 'nothing';

/** Fields whose change moves a person in the organisation. */
const organisational = [
  'department',
  'jobTitle',
  'jobCode',
  'costCenter',
  'company',
  'division',
  'location',
  'managerId',
  'sponsorId',
] as const;

/** Compares a person's worker records before and after an event. A leaver is a person with no active record left. */
export function classify(before: readonly Worker[], after: readonly Worker[]): EventKind {
  const wasActive = before.some(isActive);
  const isNowActive = after.some(isActive);
  if (before.length === 0) return isNowActive ? 'joiner' : 'nothing';
  if (wasActive && !isNowActive) return after.some(isWithdrawn) ? 'rescinded' : 'leaver';
  if (!wasActive) return isNowActive ? 'rehire' : 'nothing';
  return amongActive(before.find(isActive), after.find(isActive));
}

/** A record that gives access now or later. A last day before the hire date is a no-show. */
export function isActive(worker: Worker): boolean {
  return worker.status !== 'terminated' && !isWithdrawn(worker);
}

function isWithdrawn(worker: Worker): boolean {
  return worker.status === 'rescinded' || (worker.lastDay != null && worker.lastDay < worker.hireDate);
}

function amongActive(before: Worker | undefined, after: Worker | undefined): EventKind {
  if (before === undefined || after === undefined || isSame(before, after)) return 'nothing';
  if (before.workerType !== after.workerType) return 'conversion';
  if (before.status !== 'leave' && after.status === 'leave') return 'leave';
  if (before.status === 'leave' && after.status !== 'leave') return 'return';
  if (before.lastDay == null && after.lastDay != null) return 'leaver';
  return organisational.some((field) => !isSame(before[field], after[field])) ? 'mover' : 'correction';
}

function isSame(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(
            Object.entries(inner)
              .filter(([, field]) => field != null)
              .sort(([one], [other]) => one.localeCompare(other)),
          )
        : inner,
    ) ?? 'null'
  );
}
