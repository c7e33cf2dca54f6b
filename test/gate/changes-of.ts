import type { Change } from '../../shared/domain/change.ts';
import { sightOf } from '../../shared/operations/sight-of.ts';
import { subjectOf } from '../../shared/operations/subject-of.ts';
import type { Plan } from '../../shared/domain/change.ts';
import { required } from '../contracts/expected.ts';
import type { GateWorld } from './gate-world.ts';

/** What the task plans for the person now. */
export async function planOf(world: GateWorld, personId: string, task: string, given: Readonly<Record<string, unknown>>): Promise<Plan> {
  const subject = await subjectOf(world.deps.registry, personId);
  return required(world.deps.catalog.find(({ id }) => id === task)).plan(
    given,
    subject,
    sightOf(world.deps, subject, AbortSignal.timeout(20_000)),
  );
}

/** The first change that the task plans for the person now. */
export async function changeOf(
  world: GateWorld,
  personId: string,
  task: string,
  given: Readonly<Record<string, unknown>>,
): Promise<Change> {
  const plan = await planOf(world, personId, task, given);
  if (plan.changes[0] === undefined) throw new Error(`nothing was planned: ${JSON.stringify(plan)}`);
  return plan.changes[0];
}
