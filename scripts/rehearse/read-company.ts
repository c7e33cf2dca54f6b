import { z } from 'zod';
import type { World } from '../../test/support/campaign-world.ts';
import type { HrRecord } from './hr-record.ts';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);
const worker = z.object({
  workerId: z.string(),
  status: z.enum(['prehire', 'active', 'leave', 'terminated', 'rescinded']),
  workerType: z.enum(['employee', 'contractor']),
  name: z.object({ given: z.string(), family: text }),
  hireDate: z.string(),
  lastDay: text,
  accessEnds: text,
  terminationKind: text,
  leave: z
    .null()
    .optional()
    .transform(() => null),
  jobTitle: z.string(),
  jobCode: z.string(),
  department: z.string(),
  location: z.object({ code: z.string(), city: z.string(), country: z.string() }),
  managerId: text,
  timeZone: z.string(),
  personKey: text,
});

/** Everybody whom HR has. */
export async function readCompany(world: World): Promise<readonly HrRecord[]> {
  return z.object({ workers: z.array(worker) }).parse(await world.get('/state/hr')).workers;
}
