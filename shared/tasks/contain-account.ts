import { z } from 'zod';
import { claimOf } from './containment-claim.ts';
import { containmentOf } from './containment.ts';
import type { Task } from './task.ts';

const input = z.strictObject({ target: z.string(), from: z.string().optional() });

/** Shuts every account of the person in the target, and claims what was seen of it afterwards. `from` is the directory that masters synced users. */
export const containAccount: Task<z.infer<typeof input>> = {
  id: 'contain-account',
  does: 'shuts every account that the person has in the target, and says what may be claimed',
  input,
  plan: ({ target }, subject, sight) => containmentOf(target, subject, sight),
  claim: ({ target, from }, subject, sight) => claimOf(target, from, subject, sight),
};
