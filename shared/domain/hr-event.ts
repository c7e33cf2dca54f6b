import { z } from 'zod';
import { workerSchema } from './worker.ts';

const instant = z.iso.datetime({ offset: true, error: 'must be an instant such as 2026-11-21T08:00:00Z' });

/** The generic HR event. What it says is a hint: the source is read again where it can be. */
export const hrEventSchema = z.object({
  id: z.string().min(1).max(200),
  occurredAt: instant,
  /** The record holds from then on. */
  effectiveFrom: z.union([z.iso.date(), instant], { error: 'must be a date or an instant' }).nullish(),
  /** Grows with every change of the record at its source. */
  revision: z.int().min(0).nullish(),
  worker: workerSchema,
});
export type HrEvent = z.infer<typeof hrEventSchema>;
