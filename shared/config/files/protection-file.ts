import { z } from 'zod';
import { keyed } from '../../domain/schema/keyed.ts';
import { systemId } from './patterns.ts';

const address = z.email({ error: 'must be a mail address' });
const account = keyed({ target: systemId, id: z.string().min(1), name: z.string().min(1) });

/** protection.yaml. */
export const protectionFile = keyed({
  breakGlass: z.array(account),
  operators: z.array(address).min(1, { error: 'must name one or more addresses: somebody has to be told' }),
  approvers: z.array(address).min(2, { error: 'must name two or more addresses: two people have to agree' }),
});
export type Protection = z.infer<typeof protectionFile>;
