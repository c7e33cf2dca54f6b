import { z } from 'zod';

const values = z.record(z.string(), z.unknown()).nullable();
const where = { personId: z.string(), displayName: z.string(), workflow: z.string(), step: z.string() };

/** What the command line reads of a plan. */
export const planAnswer = z.object({
  planId: z.string(),
  hash: z.string(),
  workflow: z.string(),
  people: z.number(),
  peopleWithChanges: z.number(),
  summary: z.array(z.object({ target: z.string(), effect: z.string(), changes: z.number(), people: z.number() })),
  brakes: z.array(z.object({ what: z.string(), people: z.number(), booked: z.number(), limit: z.number() })),
  later: z.array(z.string()),
  changes: z.array(
    z.object({
      ...where,
      target: z.string(),
      do: z.string(),
      kind: z.string(),
      effect: z.string(),
      what: z.string(),
      object: z.string(),
      before: values,
      after: values,
      isTentative: z.boolean(),
      verdict: z.object({ is: z.string(), reason: z.string().optional() }),
    }),
  ),
  remarks: z.array(z.object({ ...where, is: z.string(), target: z.string().nullable(), message: z.string() })),
  outside: z.array(z.object({ personId: z.string(), displayName: z.string(), reason: z.string() })),
  next: z.number().nullable(),
});
export type PlanAnswer = z.infer<typeof planAnswer>;
