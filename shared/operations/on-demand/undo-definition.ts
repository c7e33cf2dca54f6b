import type { Stores } from '../../ports/registry/registry.ts';
import type { Run } from '../../ports/registry/runs.ts';
import { definitionSchema } from '../../workflows/definition-schema.ts';
import type { WorkflowDefinition } from '../../workflows/definition.ts';

/** The id of runs that take another one back; no file of the configuration gives it. */
export const undoWorkflow = 'undo';

/** The workflow that takes one run back: data like any other, kept under its hash, with the run named in it. */
export function undoDefinition(runId: string): WorkflowDefinition {
  return {
    id: undoWorkflow,
    description: 'What a run did is taken back, where it is still so and today’s rules allow it.',
    mode: 'enforce',
    trigger: { event: 'on-demand' },
    steps: [{ id: 'undo', task: 'undo', with: { run: runId } }],
  };
}

/** The run that a run takes back; undefined for any other. */
export async function undoneRun(stores: Stores, { workflow, definitionHash }: Run): Promise<string | undefined> {
  if (workflow !== undoWorkflow) return undefined;
  const body = await stores.runs.definition(definitionHash);
  const [step] = body === undefined ? [] : definitionSchema.parse(JSON.parse(body)).steps;
  const of = step !== undefined && 'task' in step ? step.with?.['run'] : undefined;
  return typeof of === 'string' ? of : undefined;
}
