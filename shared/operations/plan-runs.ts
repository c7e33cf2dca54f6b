import { type EventKind, isActive } from '../domain/classify.ts';
import type { SourceId } from '../domain/ids.ts';
import type { Worker } from '../domain/worker.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Stores } from '../ports/registry/registry.ts';
import type { TriggerEvent } from '../workflows/definition.ts';
import { definitionSchema } from '../workflows/definition-schema.ts';
import type { MatchedWorkflow, OperationDeps } from './deps.ts';

/** `isNew`: the person was made in the same transaction, so that nothing about them is under way. */
export type Occasion = {
  readonly source: SourceId;
  readonly personId: string;
  readonly isNew: boolean;
  readonly kind: EventKind;
  readonly worker: Worker;
  readonly cause: string;
};

/**
 * Plans the runs that follow from what happened to a person, in the transaction that learnt of it. What was still under way is superseded by raising the
 * epoch; a joiner who was not finished is begun again with what is known now.
 */
export async function planRuns(deps: OperationDeps, stores: Stores, occasion: Occasion): Promise<string> {
  if (occasion.kind === 'nothing') return 'nothing new';
  if (deps.rules.modeOf(occasion.source) !== 'enforce')
    return `recorded only: ${occasion.source} is in ${deps.rules.modeOf(occasion.source)}`;
  const underWay = !occasion.isNew && (await unfinished(stores, occasion.personId));
  const epoch = occasion.isNew ? firstEpoch : await supersede(deps, stores, occasion.personId);
  const workflows = triggers(occasion, underWay).flatMap((trigger) => deps.rules.workflowsFor(trigger, occasion.worker));
  for (const workflow of workflows) await planRun(deps, stores, { workflow, personId: occasion.personId, epoch, cause: occasion.cause });
  return workflows.length === 0 ? 'recorded; no workflow is set off' : `plans ${workflows.map((workflow) => workflow.id).join(', ')}`;
}

/** The epoch of a person who has just become known. */
export const firstEpoch = 1;

async function supersede(deps: OperationDeps, stores: Stores, personId: string): Promise<number> {
  const epoch = await stores.people.raiseEpoch(personId);
  await stores.runs.supersede(personId, epoch, deps.clock.now());
  await stores.holds.resolveRunsOf(personId, deps.clock.now());
  return epoch;
}

/** Somebody whose joining is not finished goes on joining as long as they are to come; a last day that was named meanwhile is planned for besides. */
function triggers({ kind, worker }: Occasion, underWay: boolean): readonly TriggerEvent[] {
  if (kind === 'nothing') return [];
  if (!underWay || !isActive(worker)) return [kind];
  return kind === 'leaver' ? ['joiner', 'leaver'] : ['joiner'];
}

export type PlannedRun = { readonly workflow: MatchedWorkflow; readonly personId: string; readonly epoch: number; readonly cause: string };

/** Plans one run, pinned to the definition's version. */
export async function planRun(deps: OperationDeps, stores: Stores, { workflow, personId, epoch, cause }: PlannedRun): Promise<void> {
  const now = deps.clock.now();
  await stores.runs.saveDefinition(workflow.hash, canonicalJson(workflow.definition));
  await stores.runs.plan({
    id: deps.ids.next(),
    personId,
    workflow: workflow.id,
    definitionHash: workflow.hash,
    lane: 'work',
    epoch,
    state: 'planned',
    dueAt: Math.max(workflow.dueAt, now),
    attempt: 0,
    cause,
    trigger: workflow.definition.trigger.event,
    askedBy: cause,
    batchId: null,
    planId: null,
    releasedBy: null,
    createdAt: now,
    startedAt: null,
    endedAt: null,
    note: null,
  });
}

/** Whether the person's joining is planned or under way. */
async function unfinished(stores: Stores, personId: string): Promise<boolean> {
  const runs = await stores.runs.list({ personId, limit: 50 });
  const open = new Set(['planned', 'starting', 'active', 'held']);
  for (const run of runs.filter(({ state }) => open.has(state))) {
    const body = await stores.runs.definition(run.definitionHash);
    if (body !== undefined && definitionSchema.parse(JSON.parse(body)).trigger.event === 'joiner') return true;
  }
  return false;
}
