import { z } from 'zod';
import { isWorkerFact, workerFacts } from '../../domain/facts/worker-fact.ts';
import { didYouMean } from '../../domain/schema/did-you-mean.ts';
import { keyed } from '../../domain/schema/keyed.ts';

const name = z.string().min(1);
const rule = z.union(
  [
    name.transform((field) => ({ field })),
    keyed({
      field: name,
      values: z.record(name, z.string().min(1).nullable()).optional(),
      otherwise: z.string().min(1).optional(),
    }),
  ],
  { error: 'must be the name of a field, or { field, values, otherwise }' },
);
const rules = z.union([rule.transform((one) => [one]), z.array(rule).min(1), z.null()], {
  error: 'must be the name of a field, { field, values, otherwise }, a list of these, or null for none',
});

/** Where each fact of a worker is read from; `fixed` facts are not the adopter's to choose. */
export function recordMap(fixed: readonly string[] = []) {
  const allowed = workerFacts.filter((path) => !fixed.includes(path));
  return z.record(z.string(), rules).superRefine((map, context) => {
    for (const path of Object.keys(map)) {
      if (isWorkerFact(path) && !fixed.includes(path)) continue;
      const message = `there is no fact "${path}" to fill.${didYouMean(path, allowed)} Facts: ${allowed.join(', ')}, custom.<name>`;
      context.addIssue({ code: 'custom', path: [path], message });
    }
  });
}
