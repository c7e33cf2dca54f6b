import { z } from 'zod';
import { conditionSchema } from '../../domain/conditions/condition-schema.ts';
import { keyed } from '../../domain/schema/keyed.ts';
import { plainId, systemId } from './patterns.ts';

const entitlement = keyed({ target: systemId, kind: z.enum(['group', 'licence']), object: z.string().min(1), name: z.string().min(1) });
const rule = keyed({
  id: plainId,
  when: conditionSchema,
  grants: z.array(z.string()).min(1, { error: 'must list one or more entitlements' }),
});

/** access.yaml. */
export const accessFile = keyed({ entitlements: z.record(plainId, entitlement), rules: z.array(rule) });
export type AccessFile = z.infer<typeof accessFile>;
