import type { PersonId } from '../../domain/ids.ts';
import type { KnownWorkflow, OperationDeps } from '../deps.ts';
import { leavesOf } from '../leaves-of.ts';
import { subjectOf } from '../subject-of.ts';
import { type Imagined, imagine } from './imagined.ts';
import type { PersonPlan, PlannedStep, PlannedWorkflow } from './plan-body.ts';
import { planStep } from './plan-step.ts';
import { type Family, isFor } from './workflows-named.ts';

const timeoutMs = 120_000;

/** What a family of workflows would do for a person, step by step, each after the one before it. Writes nothing. */
export async function planPerson(deps: OperationDeps, personId: PersonId, { starts, follows }: Family, actor: string): Promise<PersonPlan> {
  const subject = await subjectOf(deps.registry, personId, deps);
  const { displayName, worker } = subject;
  const fitting = starts.filter((one) => isFor(one, worker));
  if (fitting.length === 0) return { personId, displayName, note: outOfScope(starts), workflows: [] };
  const imagined = imagine(subject);
  const signal = AbortSignal.timeout(timeoutMs);
  const privileged = new Map<string, Promise<boolean>>();
  const request = { runId: 'plan', personId, epoch: 0, actor, released: false, agreed: false, signal, privileged };
  const workflows: PlannedWorkflow[] = [];
  for (const one of [...fitting, ...follows.filter((next) => isFor(next, worker))]) {
    const { id: workflow, hash: definitionHash, mode, definition } = one;
    const lane = definition.lane ?? 'work';
    const steps = await planSteps(deps, one, { imagined, request: { ...request, lane } });
    workflows.push({ workflow, definitionHash, mode, isStart: fitting.includes(one), steps });
  }
  return { personId, displayName, note: null, workflows };
}

type StepPlanning = Parameters<typeof planStep>[2] & { readonly imagined: Imagined };

async function planSteps(deps: OperationDeps, { definition }: KnownWorkflow, planning: StepPlanning): Promise<readonly PlannedStep[]> {
  const steps: PlannedStep[] = [];
  for (const leaf of definition.steps.flatMap((step) => leavesOf(step))) steps.push(await planStep(deps, leaf, planning));
  return steps;
}

function outOfScope(starts: Family['starts']): string {
  return `Nothing is for this person: ${starts.map(({ id }) => id).join(', ')} ${starts.length === 1 ? 'has' : 'have'} another scope.`;
}
