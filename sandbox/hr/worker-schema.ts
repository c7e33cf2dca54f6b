import { z } from 'zod';

const date = z.iso.date();
const text = z.string().nullable().exactOptional();

const status = z.enum(['prehire', 'active', 'leave', 'terminated', 'rescinded']);
const workerType = z.enum(['employee', 'contractor', 'intern', 'external']);

const fields = {
  personalEmail: text,
  jobTitle: text,
  jobCode: text,
  department: text,
  costCenter: text,
  company: text,
  division: text,
  managerId: text,
  sponsorId: text,
  lastDay: date.nullable().exactOptional(),
  accessEnds: z.iso.datetime({ offset: true }).nullable().exactOptional(),
  effectiveFrom: z
    .union([date, z.iso.datetime({ offset: true })])
    .nullable()
    .exactOptional(),
  terminationKind: text,
  leave: z.strictObject({ from: date, to: date.nullable() }).nullable().exactOptional(),
  timeZone: text,
  phone: text,
  personKey: text,
  engagementId: text,
  custom: z.record(z.string(), z.unknown()).exactOptional(),
};
const names = { family: text, preferred: text };
const places = { city: text, country: text };

/** A worker as HR's staff enter one: the `worker` object of the generic HR event. */
export const newWorkerSchema = z.strictObject({
  workerId: z.string().min(1),
  status,
  workerType,
  hireDate: date,
  ...fields,
  name: z.strictObject({ given: z.string().min(1), ...names }),
  location: z
    .strictObject({ code: z.string(), ...places })
    .nullable()
    .exactOptional(),
});

/** A change of a worker: fields left out stay as they are, null clears. `name`, `location` and `custom` are merged field by field. */
export const workerChangeSchema = z.strictObject({
  status: status.exactOptional(),
  workerType: workerType.exactOptional(),
  hireDate: date.exactOptional(),
  ...fields,
  name: z.strictObject({ given: z.string().min(1).exactOptional(), ...names }).exactOptional(),
  location: z
    .strictObject({ code: z.string().exactOptional(), ...places })
    .nullable()
    .exactOptional(),
});

/** Many new workers. Their events are posted one by one (`each`), as batches of up to 1,000 (`batch`), or not at all (`none`), as for people who have been there for long. */
export const manyWorkersSchema = z.strictObject({
  workers: z.array(newWorkerSchema).min(1),
  events: z.enum(['each', 'batch', 'none']).default('each'),
});

/** A mass termination: of named workers, or of the first `count` who are active, the chief executive aside. Without a last day, today in the world's time. */
export const massTerminationSchema = z
  .strictObject({
    workerIds: z.array(z.string()).min(1).exactOptional(),
    count: z.number().int().min(1).exactOptional(),
    lastDay: date.exactOptional(),
    terminationKind: text,
  })
  .refine((asked) => (asked.workerIds === undefined) !== (asked.count === undefined), { error: 'needs either workerIds or count' });

export type ManyWorkers = z.infer<typeof manyWorkersSchema>;
export type MassTermination = z.infer<typeof massTerminationSchema>;
export type NewWorker = z.infer<typeof newWorkerSchema>;
export type WorkerChange = z.infer<typeof workerChangeSchema>;

/** A worker as the HR API returns one. `revision` grows by one with each change; `updatedAt` is an instant. */
export type Worker = NewWorker & { readonly revision: number; readonly updatedAt: string };
