import { z } from 'zod';

const calendarDate = z.iso.date({ error: 'must be a calendar date such as 2026-12-01' });
const clearable = z.string().nullish();

// The statuses a source may report for a worker.
const workerStatus = z.enum(['prehire', 'active', 'leave', 'terminated', 'rescinded']);
const workerType = z.enum(['employee', 'contractor', 'intern', 'external']);

/**
 * A worker as the generic HR event carries it. Absent keeps what is known; null or empty clears it.
 * Unknown fields are kept out and reported as warnings, not refused.
 */
export const workerSchema = z.object({
  workerId: z.string().min(1).max(64),
  status: workerStatus,
  workerType,
  name: z.object({ given: z.string().min(1).max(200), family: clearable, preferred: clearable }),
  hireDate: calendarDate,
  lastDay: calendarDate.nullish(),
  personalEmail: clearable,
  jobTitle: clearable,
  jobCode: clearable,
  department: clearable,
  costCenter: clearable,
  company: clearable,
  division: clearable,
  location: z.object({ code: clearable, city: clearable, country: clearable }).nullish(),
  managerId: clearable,
  sponsorId: clearable,
  timeZone: clearable,
  phone: clearable,
  personKey: clearable,
  engagementId: clearable,
  accessEnds: z.iso.datetime({ offset: true, error: 'must be an instant such as 2026-12-01T17:00:00Z' }).nullish(),
  terminationKind: clearable,
  leave: z.object({ from: calendarDate, to: calendarDate.nullish() }).nullish(),
  custom: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).nullish(),
});

/** A worker record as a source reports it. */
export type Worker = z.infer<typeof workerSchema>;
