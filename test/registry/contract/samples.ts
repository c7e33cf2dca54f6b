import { randomUUID } from 'node:crypto';
import type { Create, NameClaim } from '../../../shared/domain/change.ts';
import type { Worker } from '../../../shared/domain/worker.ts';
import type { NewEvent } from '../../../shared/ports/registry/inbox.ts';
import type { Intent } from '../../../shared/ports/registry/intents.ts';
import type { Registry } from '../../../shared/ports/registry/registry.ts';
import type { Run } from '../../../shared/ports/registry/runs.ts';

/** An instant that tests count from. */
export const noon = Date.parse('2026-11-21T12:00:00Z');

export function fresh(prefix: string): string {
  return `${prefix}-${randomUUID().slice(0, 13)}`;
}

export function anEvent(changes: Partial<NewEvent> = {}): NewEvent {
  const id = fresh('evt');
  return {
    source: 'generic',
    eventId: id,
    bodyHash: `hash of ${id}`,
    batchId: null,
    workerId: fresh('w'),
    occurredAt: noon,
    receivedAt: noon,
    urgent: false,
    body: '{}',
    ...changes,
  };
}

export function aWorker(changes: Partial<Worker> = {}): Worker {
  return {
    workerId: fresh('w'),
    status: 'active',
    workerType: 'employee',
    name: { given: 'Zoë', family: "O'Brien" },
    hireDate: '2026-12-01',
    ...changes,
  };
}

/** A person in the registry. */
export async function aPerson(registry: Registry, id = fresh('person')): Promise<string> {
  await registry.stores.people.create({
    id,
    epoch: 1,
    displayName: 'Zoë',
    baseline: false,
    standing: 'none',
    endsAt: null,
    reconsiderAt: null,
  });
  return id;
}

/** A planned run of a new person, unless one is given. */
export async function aRun(registry: Registry, changes: Partial<Run> = {}): Promise<Run> {
  const personId = changes.personId ?? (await aPerson(registry));
  const nothingYet = { state: 'planned', attempt: 0, startedAt: null, endedAt: null, note: null } as const;
  const run: Run = {
    id: fresh('run'),
    personId,
    workflow: 'joiner-hybrid',
    definitionHash: 'definition-1',
    lane: 'work',
    epoch: 1,
    dueAt: noon,
    cause: 'test',
    trigger: 'joiner',
    askedBy: 'test',
    batchId: null,
    planId: null,
    releasedBy: null,
    createdAt: noon,
    traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    ...nothingYet,
    ...changes,
  };
  await registry.stores.runs.saveDefinition(run.definitionHash, '{}');
  await registry.stores.runs.plan(run);
  return run;
}

export function aCreate(person: string, names: readonly NameClaim[] = []): Create {
  const cause = { reference: 'test', message: 'a test' };
  return {
    target: 'ad:contoso',
    person,
    kind: 'account',
    object: { accountIn: 'ad:contoso' },
    effect: 'create',
    cause,
    as: 'reach',
    do: 'create',
    after: { cn: 'Zoë' },
    names,
  };
}

/** A commitment to create something for a run. */
export function anIntent(run: Run, changes: Partial<Intent> = {}): Intent {
  const intent: Intent = {
    changeId: fresh('change'),
    runId: run.id,
    stepId: 'ad-account',
    position: 0,
    personId: run.personId,
    objectKey: fresh('object'),
    lane: run.lane,
    epoch: run.epoch,
    change: aCreate(run.personId),
  };
  return { ...intent, ...changes };
}
