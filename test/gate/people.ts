import type { TargetId } from '../../shared/domain/ids.ts';
import type { Worker } from '../../shared/domain/worker.ts';
import type { GateRequest } from '../../shared/gate/gate-deps.ts';
import type { Run } from '../../shared/ports/registry/runs.ts';
import { required } from '../contracts/expected.ts';
import type { GateWorld } from './gate-world.ts';

let hired = 0;

/** A contractor in Lisbon, or whoever is described, as HR would tell of them. Worker ids and family names are new each time. */
export function aWorker(described: Partial<Worker> = {}): Worker {
  hired += 1;
  return {
    workerId: String(30_000 + hired),
    status: 'active',
    workerType: 'contractor',
    name: { given: 'Ana', family: `Teste${'abcdefghij'[Math.floor(hired / 10) % 10] ?? ''}${'abcdefghij'[hired % 10] ?? ''}` },
    jobTitle: 'Engineer',
    jobCode: 'ENG2',
    department: 'Platform',
    company: 'Contoso',
    location: { code: 'LIS', city: 'Lisbon', country: 'PT' },
    hireDate: '2026-01-05',
    ...described,
  };
}

/** Makes the worker known to the registry. Answers the person's id. */
export async function hire(world: GateWorld, worker: Worker): Promise<string> {
  const { registry, ids } = world.deps;
  const id = ids.next();
  const displayName = `${worker.name.given} ${worker.name.family ?? ''}`.trim();
  await registry.stores.people.create({ id, epoch: 0, displayName, baseline: false, standing: 'none', endsAt: null, reconsiderAt: null });
  await tell(world, id, worker);
  return id;
}

/** Keeps what HR says of the person now. */
export async function tell(world: GateWorld, personId: string, worker: Worker): Promise<void> {
  const { registry, clock } = world.deps;
  const { workerId } = worker;
  const engagement = { source: 'generic', workerId, personId, worker, revision: 1, occurredAt: clock.now(), eventId: `evt-${workerId}` };
  await registry.transaction((stores) => stores.people.saveEngagement(engagement));
}

/** Joins the person to the account that carries their worker id in the target, as the baseline would. Answers the account's id. */
export async function linkExisting(world: GateWorld, personId: string, target: TargetId, workerId: string): Promise<string> {
  const found = required((await required(world.gate.target(target).reads.accounts).byEmployeeId(workerId, AbortSignal.timeout(10_000)))[0]);
  await world.deps.registry.stores.links.record({
    target,
    nativeId: found.id,
    personId,
    kind: 'primary',
    how: 'baseline',
    anchor: found.anchor,
    since: 0,
  });
  return found.id;
}

/** A run for the person, of the person's epoch unless told otherwise. */
export async function aRun(world: GateWorld, personId: string): Promise<Run> {
  const { registry, ids, clock } = world.deps;
  const person = required(await registry.stores.people.byId(personId));
  const run: Run = {
    id: ids.next(),
    personId,
    workflow: 'test',
    definitionHash: 'test',
    lane: 'work',
    epoch: person.epoch,
    state: 'planned',
    dueAt: 0,
    attempt: 0,
    cause: 'test',
    trigger: 'joiner',
    askedBy: 'test',
    batchId: null,
    planId: null,
    releasedBy: null,
    createdAt: clock.now(),
    startedAt: null,
    endedAt: null,
    note: null,
  };
  await registry.transaction(async (stores) => {
    await stores.runs.saveDefinition('test', '{}');
    await stores.runs.plan(run);
  });
  return run;
}

/** The run's request for a change, as a step makes it. */
export function asking(run: Run, stepId = 'step'): GateRequest {
  const signal = AbortSignal.timeout(60_000);
  return {
    runId: run.id,
    stepId,
    personId: run.personId,
    lane: run.lane,
    epoch: run.epoch,
    actor: `run:${run.id}`,
    signal,
    released: false,
    agreed: false,
    privileged: new Map(),
  };
}
