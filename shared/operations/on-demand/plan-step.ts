import type { Change, Finding, Skip } from '../../domain/change.ts';
import { matches } from '../../domain/conditions/matches.ts';
import { GatehouseError } from '../../errors.ts';
import type { GateRequest } from '../../gate/gate-deps.ts';
import type { TaskStep, WaitStep } from '../../workflows/definition.ts';
import { waitUntil } from '../../workflows/wait-until.ts';
import { taskOf } from '../claim-after.ts';
import type { OperationDeps } from '../deps.ts';
import type { Leaf } from '../leaves-of.ts';
import { believe, believeFinding, type Imagined, isStandIn, touches, withReferences } from './imagined.ts';
import { imaginedSight } from './imagined-sight.ts';
import type { PlannedChange, PlannedStep } from './plan-body.ts';
import { verdictOn } from './verdict-on.ts';

export type Planning = { readonly imagined: Imagined; readonly request: Omit<GateRequest, 'stepId'> };

const mostRounds = 5;

/** What a step of a workflow would do, by what is there now and what the steps before it would have done. Nothing is thrown for what a target answers. */
export async function planStep(deps: OperationDeps, { step, conditions }: Leaf, planning: Planning): Promise<PlannedStep> {
  const { worker } = planning.imagined.subject;
  if (!conditions.every((condition) => matches(condition, worker))) return empty(step, 'not-for-them', 'not for this person');
  if ('wait' in step) return waiting(deps, step, planning.imagined);
  try {
    return await planTask(deps, step, planning);
  } catch (error) {
    if (!(error instanceof GatehouseError) || error.code === 'store-unavailable') throw error;
    return empty(step, 'failed', error.message);
  }
}

function waiting(deps: OperationDeps, step: WaitStep, { subject: { worker } }: Imagined): PlannedStep {
  const { wait } = step;
  if (!('until' in wait)) return empty(step, 'waits', 'for an event or an approval');
  const until = waitUntil(wait.until, worker, deps.rules.zoneOf(worker));
  if (until === undefined) return empty(step, 'held', `HR gives no ${wait.until.date} to wait for.`);
  const isPast = until <= deps.clock.now();
  return empty(step, isPast ? 'plans' : 'waits', isPast ? null : `until ${new Date(until).toISOString()}`);
}

function empty(step: TaskStep | WaitStep, is: PlannedStep['is'], note: string | null): PlannedStep {
  return { stepId: step.id, task: 'task' in step ? step.task : 'wait', is, note, findings: [], changes: [], skips: [] };
}

type Gathered = { readonly findings: Finding[]; readonly changes: PlannedChange[]; readonly skips: Map<string, Skip> };

async function planTask(deps: OperationDeps, step: TaskStep, planning: Planning): Promise<PlannedStep> {
  const { imagined, request } = planning;
  const gathered: Gathered = { findings: [], changes: [], skips: new Map() };
  let end: Pick<PlannedStep, 'is' | 'note'> = { is: 'plans', note: null };
  for (let round = 1; round <= mostRounds; round += 1) {
    const sight = imaginedSight(deps, imagined, request.signal);
    const plan = await taskOf(deps, step).plan(step.with ?? {}, imagined.subject, sight);
    for (const finding of plan.findings) {
      gathered.findings.push(finding);
      believeFinding(imagined, finding);
    }
    const fresh = await addChanges(deps, plan.changes, { ...planning, stepId: step.id, gathered });
    for (const skip of plan.skips) gathered.skips.set(JSON.stringify(skip), skip);
    end = plan.held === undefined ? { is: 'plans', note: null } : { is: 'held', note: plan.held.message };
    if (plan.waiting !== undefined) end = { is: 'waits', note: plan.waiting.reason };
    // What was waited for may be there now, had it been done.
    if (plan.findings.length === 0 && (plan.waiting === undefined || fresh === 0)) break;
  }
  return {
    stepId: step.id,
    task: step.task,
    ...end,
    findings: gathered.findings,
    changes: gathered.changes,
    skips: [...gathered.skips.values()],
  };
}

type Adding = Planning & { readonly stepId: string; readonly gathered: Gathered };

/** Adds what no earlier step plans already. Answers how many there were. */
async function addChanges(
  deps: OperationDeps,
  changes: readonly Change[],
  { imagined, request, stepId, gathered }: Adding,
): Promise<number> {
  let added = 0;
  for (const change of changes) {
    if (imagined.planned.has(touches(change))) continue;
    const isNew = change.do === 'create' || ('id' in change.object && (isStandIn(change.object.id) || imagined.made.has(change.object.id)));
    const verdict = await verdictOn(deps, change, { ...request, stepId });
    gathered.changes.push({ change: withReferences(change), isNew, verdict });
    believe(imagined, change);
    added += 1;
  }
  return added;
}
