import type { HrEvent } from '../../shared/domain/hr-event.ts';
import type { Worker } from '../../shared/domain/worker.ts';
import { claimRun } from '../../shared/operations/claim-run.ts';
import { endRun } from '../../shared/operations/end-run.ts';
import { foldEvent } from '../../shared/operations/fold-event.ts';
import type { Run } from '../../shared/ports/registry/runs.ts';
import type { PushOnly } from './push-only.ts';
import { anEvent } from './sample-event.ts';

let last = 80_000;
let minute = 0;
/** When the tests of people's lives begin. */
export const start = Date.parse('2026-11-21T12:00:00Z');

/** A worker id that nobody has had. */
export function freshWorkerId(): string {
  last += 1;
  return String(last);
}

/** Somebody who was hired long ago, told of under a worker id of their own, and the runs that are theirs. */
export class Somebody {
  readonly workerId = freshWorkerId();
  personId = '';
  readonly product: PushOnly;

  constructor(product: PushOnly) {
    this.product = product;
  }

  async tell(worker: Partial<Worker> = {}, event: Partial<HrEvent> = {}): Promise<string> {
    minute += 1;
    const occurredAt = new Date(start - 3_600_000 + minute * 1000).toISOString();
    const { events } = await this.product.deliver(
      anEvent({ workerId: this.workerId, hireDate: '2020-01-01', ...worker }, { occurredAt, ...event }),
    );
    const inboxId = events[0]?.inboxId ?? '';
    this.personId = (await foldEvent(this.product.operations, inboxId)).personId ?? '';
    return inboxId;
  }

  async open(): Promise<readonly string[]> {
    return (await this.product.registry.stores.runs.unfinishedOf(this.personId))
      .map(({ workflow, state }) => (state === 'planned' ? workflow : `${workflow} ${state}`))
      .toSorted();
  }

  async run(workflow: string): Promise<Run> {
    const found = (await this.product.registry.stores.runs.unfinishedOf(this.personId)).find((run) => run.workflow === workflow);
    if (found === undefined) throw new Error(`${workflow} is not open`);
    return found;
  }

  /** Starts and claims the run. */
  async begin(workflow: string): Promise<Run> {
    const { id, dueAt } = await this.run(workflow);
    const begun = await this.product.registry.transaction((inside) => inside.runs.beginStart(id, Math.max(dueAt, this.product.time.now)));
    if (begun === undefined) throw new Error(`${workflow} could not be started`);
    const claim = await claimRun(this.product.operations, { runId: id, attempt: begun.attempt });
    if (claim.is !== 'claimed') throw new Error(`${workflow} could not be claimed`);
    return begun;
  }

  /** The same, to its end. */
  async carryOut(workflow: string): Promise<string> {
    const { id, attempt } = await this.begin(workflow);
    return this.end({ id, attempt });
  }

  async end({ id, attempt }: Pick<Run, 'id' | 'attempt'>): Promise<string> {
    const settled = { position: 0, task: 'wait', state: 'done', summary: 'told', gaps: 0, claim: null } as const;
    await this.product.registry.stores.steps.record({ runId: id, stepId: 'told', lastAt: this.product.time.now, ...settled });
    return endRun(this.product.operations, { runId: id, attempt });
  }

  async owners(): Promise<readonly string[]> {
    return (await this.product.registry.stores.locks.of(this.personId)).map(({ owner }) => owner);
  }

  async standing(): Promise<string> {
    return (await this.product.registry.stores.people.byId(this.personId))?.standing ?? '';
  }
}

/** Somebody who has joined. */
export async function joined(product: PushOnly, worker: Partial<Worker> = {}): Promise<Somebody> {
  const somebody = new Somebody(product);
  await somebody.tell(worker);
  await somebody.carryOut('join');
  return somebody;
}
