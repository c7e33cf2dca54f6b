import type { PersonId } from '../../domain/ids.ts';
import { GatehouseError } from '../../errors.ts';
import type { StoredPlan } from '../../ports/registry/plans.ts';
import type { Stores } from '../../ports/registry/registry.ts';
import type { Run } from '../../ports/registry/runs.ts';
import { definitionSchema } from '../../workflows/definition-schema.ts';
import { admitBatch } from '../admission/admit-batch.ts';
import { admitRun } from '../admission/admit-run.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { KnownWorkflow, OperationDeps } from '../deps.ts';
import { runOf } from '../run-of.ts';
import { subjectOf } from '../subject-of.ts';
import { beginAnew, lockPerson, needReason } from './begin-anew.ts';
import { PeopleProblems } from './people-problems.ts';
import { lineMark, readPerson } from './plan-body.ts';
import { isFor, workflowsNamed } from './workflows-named.ts';

/** Who asks for runs, and why. */
export type Asking = { readonly actor: string; readonly reason: string };
/** Runs that somebody asks for: of a workflow or trigger for people, or of a plan that they were shown. `cause` is `on-demand:` and the reason, unless given. */
export type RunDemand = Asking & { readonly workflow: string; readonly people: readonly PersonId[]; readonly cause?: string };
export type PlanRun = Asking & { readonly planId: string; readonly hash: string };

type Begun = { readonly personId: PersonId; readonly workflows: readonly KnownWorkflow[] };

/**
 * Plans runs of the workflows of a name for each of the people, due now: for all of them or, where one cannot have them, for nobody. What is under way for them stops and is planned again, as after an event. Brakes count
 * them as they count a source: several people are one batch, judged before its first effect. Throws `input-invalid`, `wrong-state` where a mode lets nothing begin, or `not-found`.
 */
export async function demandRuns(deps: OperationDeps, demand: RunDemand): Promise<readonly Run[]> {
  needReason(demand.reason);
  const { starts } = workflowsNamed(deps, demand.workflow);
  const problems: { personId: PersonId; problem: string }[] = [];
  const begun: Begun[] = [];
  for (const personId of demand.people) {
    const { worker, source } = await subjectOf(deps.registry, personId, deps);
    const workflows = starts.filter((one) => isFor(one, worker));
    const problem =
      workflows.length === 0 ? `${demand.workflow} is not for them: they are outside its scope` : whyNotBegun(deps, source, workflows);
    if (problem !== undefined) problems.push({ personId, problem });
    else begun.push({ personId, workflows });
  }
  if (problems.length > 0) throw new PeopleProblems(problems.map(({ personId, problem }) => ({ who: personId, problem })));
  return plan(deps, begun, { ...demand, planId: null });
}

/** Plans the runs of a plan that somebody was shown, bound to it. Throws `plan-differs` where the hash is not its own, and as `demandRuns` does. */
export async function demandPlan(deps: OperationDeps, { planId, hash, ...asking }: PlanRun): Promise<readonly Run[]> {
  needReason(asking.reason);
  const shown = await deps.registry.stores.plans.byId(planId);
  if (shown === undefined) throw new GatehouseError('not-found', `There is no plan ${planId}.`);
  if (shown.hash !== hash)
    throw new GatehouseError(
      'plan-differs',
      `The plan ${planId} has another hash: ${shown.hash}. Look at it again before it is carried out.`,
    );
  const begun: Begun[] = [];
  const problems: { who: string; problem: string }[] = [];
  for (const personId of shown.people) {
    const workflows = await startsOf(deps, shown, personId);
    const { source } = await subjectOf(deps.registry, personId, deps);
    const problem = workflows.length === 0 ? undefined : whyNotBegun(deps, source, workflows);
    if (problem !== undefined) problems.push({ who: personId, problem });
    else if (workflows.length > 0) begun.push({ personId, workflows });
  }
  if (problems.length > 0) throw new PeopleProblems(problems);
  return plan(deps, begun, { ...asking, planId });
}

/** What the plan begins for a person, in the versions that it was made with, as far as they go now. */
async function startsOf(deps: OperationDeps, { id, body }: StoredPlan, personId: PersonId): Promise<readonly KnownWorkflow[]> {
  const mark = lineMark(personId);
  const line = body.split('\n').find((one) => one.startsWith(mark));
  const found: KnownWorkflow[] = [];
  for (const { workflow, definitionHash } of line === undefined ? [] : readPerson(line).workflows.filter(({ isStart }) => isStart)) {
    const text = await deps.registry.stores.runs.definition(definitionHash);
    if (text === undefined) throw new GatehouseError('internal', `The definition ${definitionHash} of the plan ${id} is missing.`);
    const mode = deps.rules.workflows().find((one) => one.id === workflow)?.mode ?? 'observe';
    found.push({ id: workflow, hash: definitionHash, definition: definitionSchema.parse(JSON.parse(text)), mode });
  }
  return found;
}

function whyNotBegun(deps: OperationDeps, source: string, workflows: readonly KnownWorkflow[]): string | undefined {
  const mode = deps.rules.modeOf(source);
  if (mode !== 'enforce') return `the source ${source} is in ${mode}: nothing is begun for its people, a plan only shows it`;
  const lower = workflows.find((one) => one.mode !== 'enforce');
  return lower && `the workflow ${lower.id} is in ${lower.mode}: it is not begun, a plan only shows it`;
}

type Setting = Asking & { readonly cause?: string; readonly planId: string | null };

/** All of them in one transaction, the people locked in one order. */
function plan(deps: OperationDeps, begun: readonly Begun[], setting: Setting): Promise<readonly Run[]> {
  const sorted = begun.toSorted((one, other) => (one.personId < other.personId ? -1 : 1));
  const batchId = sorted.length > 1 ? deps.ids.next() : null;
  return deps.registry.transaction(async (stores) => {
    const runs: Run[] = [];
    for (const one of sorted) runs.push(...(await planFor(deps, stores, one, { ...setting, batchId })));
    if (batchId === null) return runs;
    const at = deps.clock.now();
    await stores.batches.lock(batchId, setting.actor, at);
    await admitBatch(deps, stores, { batchId, source: setting.actor, at });
    return Promise.all(runs.map(async (run) => (await stores.runs.byId(run.id)) ?? run));
  });
}

async function planFor(
  deps: OperationDeps,
  stores: Stores,
  { personId, workflows }: Begun,
  { actor, reason, cause, planId, batchId }: Setting & { readonly batchId: string | null },
): Promise<readonly Run[]> {
  await lockPerson(stores, personId);
  const epoch = await beginAnew(deps, stores, personId, (run) => workflows.some(({ id }) => id === run.workflow));
  const runs: Run[] = [];
  for (const { id, hash, definition } of workflows) {
    await stores.runs.saveDefinition(hash, canonicalJson(definition));
    const wanted = {
      workflow: { id, hash, definition, dueAt: 0 },
      personId,
      epoch,
      cause: cause ?? `on-demand: ${reason}`,
      askedBy: actor,
    };
    const run: Run = { ...runOf(deps, wanted), planId, batchId, state: batchId === null ? 'planned' : 'pending' };
    if (batchId === null) runs.push(await admitRun(deps, stores, run));
    else {
      await stores.runs.plan(run);
      runs.push(run);
    }
    const detail = { workflow: id, reason, planId, cause: run.cause };
    await stores.audit.append([{ at: run.createdAt, actor, action: 'run.demanded', personId, runId: run.id, target: null, detail }]);
  }
  return runs;
}
