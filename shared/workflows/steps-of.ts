import type { Step } from './definition.ts';

/** A step with its place in the definition, such as `['steps', 2, 'parallel', 0]`. */
export type PlacedStep = { readonly step: Step; readonly path: readonly (string | number)[]; readonly isParallel: boolean };

/** Every step of a definition, those of parallel steps after the step that holds them. `isParallel` is true for a step that runs beside others. */
export function stepsOf(steps: readonly Step[], path: readonly (string | number)[] = ['steps'], isParallel = false): readonly PlacedStep[] {
  return steps.flatMap((step, index) => {
    const own = { step, path: [...path, index], isParallel };
    return 'parallel' in step ? [own, ...stepsOf(step.parallel, [...own.path, 'parallel'], true)] : [own];
  });
}
