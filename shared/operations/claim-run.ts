import { GatehouseError } from '../errors.ts';
import type { Run } from '../ports/registry/runs.ts';
import type { Registry } from '../ports/registry/registry.ts';
import type { WorkflowDefinition } from '../workflows/definition.ts';
import { definitionSchema } from '../workflows/definition-schema.ts';
import type { OperationDeps } from './deps.ts';
import { leavesOf } from './leaves-of.ts';
import type { RunInput } from './start-runs.ts';

/** The stages of a claimed run: each is a list of step ids that may go on side by side. */
export type Claim = { readonly is: 'claimed'; readonly stages: readonly (readonly string[])[] } | { readonly is: 'ended' };

/** Takes the run for this attempt. A start that comes too late, or twice, ends without effect. */
export async function claimRun(deps: OperationDeps, { runId, attempt }: RunInput): Promise<Claim> {
  const isOurs = await deps.registry.transaction((stores) => stores.runs.claim(runId, attempt));
  if (!isOurs) return { is: 'ended' };
  const { definition } = await runWithDefinition(deps.registry, runId);
  return { is: 'claimed', stages: definition.steps.map((step) => leavesOf(step).map(({ step: leaf }) => leaf.id)) };
}

/** A run and the version of its workflow that it is pinned to. */
export async function runWithDefinition(
  registry: Registry,
  runId: string,
): Promise<{ readonly run: Run; readonly definition: WorkflowDefinition }> {
  const run = await registry.stores.runs.byId(runId);
  if (run === undefined) throw new GatehouseError('not-found', `There is no run ${runId}.`);
  const body = await registry.stores.runs.definition(run.definitionHash);
  if (body === undefined) throw new GatehouseError('internal', `The definition ${run.definitionHash} of the run ${runId} is missing.`);
  return { run, definition: definitionSchema.parse(JSON.parse(body)) };
}
