import { z } from 'zod';
import { conditionSchema } from '../domain/conditions/condition-schema.ts';
import { chosen } from '../domain/schema/chosen.ts';
import { keyed } from '../domain/schema/keyed.ts';
import { type Step, triggerEvents, type Wait, type WorkflowDefinition } from './definition.ts';

const id = z.string().regex(/^[a-z][a-z0-9-]*$/, { error: 'must be lower-case letters, digits and dashes, such as create-ad-account' });
const head = { id, when: conditionSchema.optional() };

const until = keyed({
  date: z.enum(['hireDate', 'lastDay', 'leave.from', 'leave.to']),
  at: z.enum(['startOfDay', 'endOfDay']),
  offsetDays: z.int().min(-366).max(366).optional(),
});
const waits = {
  until: keyed({ until }),
  event: keyed({ event: z.string().min(1) }),
  approval: keyed({ approval: keyed({ by: z.int().min(1).max(5), message: z.string().min(1) }) }),
};
const wait: z.ZodType<Wait> = chosen((raw) => oneOf<Wait>(raw, waits, 'a wait needs one of: until, event, approval'));

const steps: z.ZodType<readonly Step[]> = z.lazy(() => z.array(step).min(1, { error: 'must have one or more steps' }));
const kinds = {
  task: keyed({
    ...head,
    task: z.string(),
    with: z.record(z.string(), z.unknown()).optional(),
    onFailure: z.enum(['stop', 'continue']).optional(),
  }),
  wait: keyed({ ...head, wait }),
  parallel: keyed({ ...head, parallel: steps }),
};
const step: z.ZodType<Step> = chosen((raw) => oneOf<Step>(raw, kinds, 'a step needs one of: task, wait, parallel'));

/**
 * The shape of a workflow definition. What it names (tasks, their input) is checked by `validateDefinition`. Parsing a definition that was parsed before
 * gives the same definition.
 */
export const definitionSchema: z.ZodType<WorkflowDefinition> = keyed({
  id,
  description: z.string().min(1),
  mode: z.enum(['observe', 'plan', 'enforce']),
  trigger: keyed({
    event: z.enum(triggerEvents),
    startDaysBefore: z.int().min(0).max(90).optional(),
    startDaysAfter: z.int().min(0).max(3650).optional(),
  }),
  lane: z.enum(['contain', 'work']).optional(),
  scope: conditionSchema.optional(),
  steps,
});

function oneOf<Out>(raw: unknown, schemas: Readonly<Record<string, z.ZodType<Out>>>, otherwise: string): z.ZodType<Out> | string {
  if (typeof raw !== 'object' || raw === null) return otherwise;
  const named = Object.entries(schemas).filter(([key]) => key in raw);
  const [only] = named;
  return named.length === 1 && only ? only[1] : otherwise;
}
