import { stepsOf } from '../../workflows/steps-of.ts';
import type { WorkflowDefinition } from '../../workflows/definition.ts';
import type { ProblemList } from '../problem-list.ts';
import type { Targets } from './load-targets.ts';
import type { Loaded } from './config-folder.ts';
import { whyNotPlaced } from './why-not-placed.ts';

/** Sees that no step of the task `move-to-ou` moves an account to where the directory sync does not look, or to a protected place. */
export function checkMoveTargets({ file, data }: Loaded<WorkflowDefinition>, targets: Targets, problems: ProblemList): void {
  for (const { step, path } of stepsOf(data.steps)) {
    if (!('task' in step) || step.task !== 'move-to-ou') continue;
    const { target: id, ou } = step.with ?? {};
    const target = typeof id === 'string' ? targets[id] : undefined;
    if (typeof ou !== 'string' || target === undefined) continue;
    const reason = target.kind === 'ad' ? whyNotPlaced(ou, target) : `${target.id} has no organisational units`;
    if (reason !== undefined) problems.add(file, [...path, 'with', 'ou'], reason);
  }
}
