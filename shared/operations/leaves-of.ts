import type { Condition } from '../domain/conditions/condition.ts';
import type { Step, TaskStep, WaitStep } from '../workflows/definition.ts';

/** A step that does something, with every condition that it stands under. */
export type Leaf = { readonly step: TaskStep | WaitStep; readonly conditions: readonly Condition[] };

/** The steps that do something within a step: itself, or those side by side in it. */
export function leavesOf(step: Step, above: readonly Condition[] = []): readonly Leaf[] {
  const conditions = step.when === undefined ? above : [...above, step.when];
  return 'parallel' in step ? step.parallel.flatMap((inner) => leavesOf(inner, conditions)) : [{ step, conditions }];
}
