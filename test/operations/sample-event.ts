import type { HrEvent } from '../../shared/domain/hr-event.ts';
import type { Worker } from '../../shared/domain/worker.ts';

/** Zoë, whom the contract's example event tells of. */
export const zoe: Worker = {
  workerId: '10042',
  status: 'active',
  workerType: 'employee',
  name: { given: 'Zoë', family: "O'Brien", preferred: 'Zoe' },
  personalEmail: 'zoe@example.net',
  jobTitle: 'Engineer',
  jobCode: 'ENG2',
  department: 'Platform',
  location: { code: 'LIS', city: 'Lisbon', country: 'PT' },
  managerId: '10001',
  hireDate: '2026-12-01',
  lastDay: null,
  timeZone: 'Europe/Lisbon',
  custom: {},
};

let last = 0;

/** An event about Zoë, or somebody like her. Each has an id of its own. */
export function anEvent(worker: Partial<Worker> = {}, event: Partial<HrEvent> = {}): HrEvent {
  last += 1;
  return { id: `evt-${last}`, occurredAt: '2026-11-21T08:00:00Z', worker: { ...zoe, ...worker }, ...event };
}
