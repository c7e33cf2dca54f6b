import type { Change, Outcome } from '../../shared/domain/change.ts';
import { applyChange } from '../../shared/gate/apply-change.ts';
import type { GateDeps } from '../../shared/gate/gate-deps.ts';
import { performTask } from '../../shared/operations/perform-task.ts';
import type { StepResult } from '../../shared/operations/weigh-outcomes.ts';
import type { Run } from '../../shared/ports/registry/runs.ts';
import type { GateWorld } from './gate-world.ts';
import { asking } from './people.ts';

type Part = { readonly gate?: GateDeps; readonly stepId?: string };
const mostAttempts = 60;

/** Takes the change through the gate as often as it asks for, putting the clock forward instead of waiting. */
export async function settle(
  world: GateWorld,
  run: Run,
  change: Change,
  { gate = world.gate, stepId = 'step' }: Part = {},
): Promise<Outcome> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const passage = await applyChange(gate, { change, position: 0, request: asking(run, stepId) });
    if (passage.is === 'superseded') throw new Error('superseded');
    if (passage.outcome.is !== 'waiting') return passage.outcome;
    world.advance(Math.max(1, Date.parse(passage.outcome.lookAgainAt) - world.deps.clock.now()));
  }
  throw new Error('It never settled.');
}

/** Takes the change through the gate once. */
export async function once(gate: GateDeps, run: Run, change: Change): Promise<Outcome> {
  const passage = await applyChange(gate, { change, position: 0, request: asking(run) });
  if (passage.is === 'superseded') throw new Error('superseded');
  return passage.outcome;
}

/** Performs a step of the task as often as it asks for, putting the clock forward instead of waiting. */
export async function perform(world: GateWorld, run: Run, task: string, given: Readonly<Record<string, unknown>>): Promise<StepResult> {
  for (let attempts = 0; attempts < mostAttempts; attempts += 1) {
    const result = await performTask(world.deps, { id: task, task, with: given }, { run, attempts });
    if (result.is === 'superseded') throw new Error('superseded');
    if (result.state !== 'waiting') return result;
    world.advance(result.afterMs ?? 1000);
  }
  throw new Error('It never settled.');
}

const systems = ['graph', 'oci', 'directory', 'hr'] as const;

/** The operations of all writes that the four systems got since the sequence number, oldest first; tokens and sign-ins aside. */
export function writesSince(world: GateWorld, sequence: number): readonly string[] {
  return systems.flatMap((system) =>
    world.contoso.sandbox.world.requests
      .since(system, sequence)
      .filter(({ kind, operation }) => kind === 'write' && !/token|bind|search/i.test(operation))
      .map(({ operation }) => operation),
  );
}

/** The sequence number of the latest request. */
export function now(world: GateWorld): number {
  return Math.max(0, ...systems.map((system) => world.contoso.sandbox.world.requests.since(system, 0).at(-1)?.sequence ?? 0));
}
