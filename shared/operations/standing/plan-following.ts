import type { Stores } from '../../ports/registry/registry.ts';
import type { Run } from '../../ports/registry/runs.ts';
import type { TriggerEvent } from '../../workflows/definition.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { MatchedWorkflow, OperationDeps } from '../deps.ts';
import { runOf } from '../run-of.ts';
import { leading } from '../subject-of.ts';
import { markEndedAccess } from './ended-access.ts';
import { workflowsDue } from './workflows-due.ts';

/** What ends with somebody being there whom others report to: their reports were moved up while they were not. */
const hasCome: ReadonlySet<string> = new Set(['joiner', 'rehire', 'withdrawn']);

/**
 * Plans what follows when a run has come off, in the transaction that ends it: after closing access the taking away of it, after that what comes later, for reports that their manager is there or has left.
 * What follows is asked for by whoever asked for the run, and part of its batch.
 */
export async function planFollowing(deps: OperationDeps, stores: Stores, run: Run): Promise<void> {
  // Shutting somebody out for the time being, on demand, is not leaving: nothing follows from it.
  if (run.lane === 'contain' && run.trigger === 'leaver') {
    await planNext(deps, stores, run, 'contained');
    await planForReports(deps, stores, run, 'manager-left');
  }
  if (run.trigger === 'contained') await planNext(deps, stores, run, 'stripped');
  if (hasCome.has(run.trigger)) await planForReports(deps, stores, run, 'manager-appeared');
  if (run.trigger === 'access-ends') await planNextEnd(deps, stores, run);
}

async function planNext(deps: OperationDeps, stores: Stores, run: Run, trigger: TriggerEvent): Promise<void> {
  const person = await stores.people.byId(run.personId);
  const worker = leading(await stores.people.engagements(run.personId), deps)?.worker;
  if (worker === undefined) return;
  for (const workflow of workflowsDue(deps, trigger, worker, person?.endsAt ?? null)) {
    // What follows at once was shown with the plan; what follows days later was not.
    const isShown = workflow.definition.trigger.startDaysAfter === undefined;
    await plan(deps, stores, run, { workflow, ...(isShown ? { planId: run.planId } : {}) });
  }
}

/** Other reasons may end later: each in its time. */
async function planNextEnd(deps: OperationDeps, stores: Stores, run: Run): Promise<void> {
  const worker = leading(await stores.people.engagements(run.personId), deps)?.worker;
  const end = worker && (await markEndedAccess(deps, stores, run.personId, worker));
  if (worker === undefined || end === undefined || end <= deps.clock.now()) return;
  for (const workflow of deps.rules.workflowsFor('access-ends', worker))
    await plan(deps, stores, run, { workflow: { ...workflow, dueAt: end } });
}

async function planForReports(deps: OperationDeps, stores: Stores, run: Run, trigger: 'manager-appeared' | 'manager-left'): Promise<void> {
  for (const { source, workerId } of await stores.people.engagements(run.personId)) {
    for (const personId of await stores.people.reportsOf(source, workerId)) {
      if (personId === run.personId) continue;
      // Held, so that the report's epoch cannot rise before the run that bears it is planned: nothing would supersede that run, and it would keep the lane.
      const report = await stores.people.lock(personId, 'share');
      const worker = leading(await stores.people.engagements(personId), deps)?.worker;
      if (report === undefined || worker === undefined || report.standing === 'left' || report.standing === 'withdrawn') continue;
      // Also for somebody without an account yet: their own joining may have planned it before this manager had one. Runs of a person come one after the other.
      for (const workflow of deps.rules.workflowsFor(trigger, worker))
        await plan(deps, stores, run, { workflow, personId, epoch: report.epoch, cause: `manager:${workerId}` });
    }
  }
}

type Next = { readonly workflow: MatchedWorkflow } & Partial<Pick<Run, 'personId' | 'epoch' | 'cause' | 'planId'>>;

/** For the run's own person and epoch, unless others are given. */
async function plan(deps: OperationDeps, stores: Stores, run: Run, { workflow, planId = null, ...of }: Next): Promise<void> {
  const { id, personId, epoch, askedBy, batchId } = run;
  await stores.runs.saveDefinition(workflow.hash, canonicalJson(workflow.definition));
  await stores.runs.plan({ ...runOf(deps, { workflow, personId, epoch, cause: `run:${id}`, askedBy, ...of }), batchId, planId });
}
