import { GatehouseError } from '../errors.ts';
import type { Run } from '../ports/registry/runs.ts';
import type { Registry, Stores } from '../ports/registry/registry.ts';
import type { WorkflowDefinition } from '../workflows/definition.ts';
import { definitionSchema } from '../workflows/definition-schema.ts';
import type { OperationDeps } from './deps.ts';
import { leavesOf } from './leaves-of.ts';
import { tellWork } from './tell-progress.ts';
import type { RunInput } from './start-runs.ts';

/** The stages of a claimed run: each is a list of step ids that may go on side by side. */
export type Claim = { readonly is: 'claimed'; readonly stages: readonly (readonly string[])[] } | { readonly is: 'ended' };

/**
 * Takes the run for this attempt. A start that comes too late, or twice, ends without effect. With a run that closes access the containment lock is placed, so that nothing opens again what it
 * closes.
 */
export async function claimRun(deps: OperationDeps, { runId, attempt }: RunInput): Promise<Claim> {
  const { run, definition } = await runWithDefinition(deps.registry, runId);
  tellWork(run);
  const isOurs = await deps.registry.transaction(async (stores) => {
    // Whoever opens intents for the person, or folds an event about them, comes before the lock or after it.
    if (run.lane === 'contain') await stores.people.lock(run.personId, 'update');
    const isClaimed = await stores.runs.claim(runId, attempt);
    if (isClaimed && run.lane === 'contain') await placeLock(deps, stores, run);
    return isClaimed;
  });
  if (!isOurs) return { is: 'ended' };
  return { is: 'claimed', stages: definition.steps.map((step) => leavesOf(step).map(({ step: leaf }) => leaf.id)) };
}

/** What somebody asked for themselves is theirs to open again; everything else follows from what HR says. */
async function placeLock(deps: OperationDeps, stores: Stores, { id, personId, askedBy, workflow }: Run): Promise<void> {
  const owner = askedBy.startsWith('token:') ? 'operator' : 'hr';
  if ((await stores.locks.of(personId)).some((lock) => lock.owner === owner)) return;
  const at = deps.clock.now();
  await stores.locks.place({ personId, owner, reason: `The workflow ${workflow} closes their access.`, placedBy: askedBy, since: at });
  const detail = { owner, workflow, askedBy };
  await stores.audit.append([{ at, actor: `run:${id}`, action: 'lock.placed', personId, runId: id, target: null, detail }]);
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
