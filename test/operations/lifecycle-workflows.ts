import type { LoadedWorkflow } from '../../shared/config/config.ts';
import type { TriggerEvent, WorkflowDefinition } from '../../shared/workflows/definition.ts';

/** A workflow for each thing that can happen, named after it, with nothing to do but to wait to be told. */
export const lifecycleWorkflows: readonly LoadedWorkflow[] = [
  workflow('join', { event: 'joiner' }),
  workflow('revive', { event: 'rehire' }),
  workflow('move', { event: 'mover' }),
  workflow('correct', { event: 'correction' }),
  workflow('report-name', { event: 'renamed' }),
  workflow('convert', { event: 'conversion' }),
  workflow('go-away', { event: 'leave' }),
  workflow('come-back', { event: 'return' }),
  workflow('announce', { event: 'leaver', startDaysBefore: 7 }),
  { ...workflow('contain', { event: 'leaver' }, 'contain') },
  workflow('strip', { event: 'contained' }),
  workflow('delete', { event: 'stripped', startDaysAfter: 30 }),
  workflow('restore', { event: 'withdrawn' }),
  workflow('undo', { event: 'rescinded' }),
  workflow('end-access', { event: 'access-ends' }),
  workflow('meet-manager', { event: 'manager-appeared' }),
  workflow('next-manager', { event: 'manager-left' }),
  workflow('contain-now', { event: 'on-demand' }, 'contain'),
];

function workflow(
  id: string,
  trigger: WorkflowDefinition['trigger'] & { readonly event: TriggerEvent },
  lane: 'contain' | 'work' = 'work',
): LoadedWorkflow {
  const steps = [{ id: 'told', wait: { event: 'told' } }];
  return {
    definition: { id, description: `What a ${trigger.event} sets off.`, mode: 'enforce', trigger, lane, steps },
    hash: `hash of ${id}`,
  };
}
