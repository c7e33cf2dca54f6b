import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compose, type Product } from '../../functions/compose/compose.ts';
import { type RunningSandbox, startSandbox } from '../../sandbox/start-sandbox.ts';
import type { Worker } from '../../shared/domain/worker.ts';
import type { OperationDeps } from '../../shared/operations/deps.ts';
import { foldEvent } from '../../shared/operations/fold-event.ts';
import { takeBaseline } from '../../shared/operations/take-baseline.ts';
import { carryOutRunsOf } from './carry-out.ts';
import { productEnvironment } from './product-environment.ts';
import { aboutWorker, type SandboxView, viewSandbox } from './sandbox-view.ts';

/** The product's rooms without a host, on a simulated company of their own in this process. */
export type ProductOnSandbox = {
  readonly sandbox: RunningSandbox;
  readonly operations: OperationDeps;
  readonly product: Product;
  /** Lets HR's event come in as the inbox has it, and folds it. Answers whose it is. */
  tell(worker: Partial<Worker> & { readonly workerId: string }): Promise<string>;
  /** Tells of somebody and carries out what is due for them. */
  hire(worker: Partial<Worker> & { readonly workerId: string }): Promise<{ readonly personId: string; readonly ends: readonly string[] }>;
  view(): Promise<SandboxView>;
  about(workerId: string): Promise<ReturnType<typeof aboutWorker>>;
  /** Has the next matching call take effect and lose its answer, or fail as said. */
  fault(system: 'graph' | 'oci' | 'directory' | 'hr', operation: string, fault?: Partial<Fault>): void;
  /** How often the operation was asked of the system. */
  count(system: 'graph' | 'oci' | 'directory' | 'hr', operation: string): number;
  readonly stop: () => Promise<void>;
};
type Order = Parameters<RunningSandbox['world']['faults']['add']>[0];
type Fault = Pick<Order, 'object' | 'nth' | 'times' | 'phase' | 'effect'>;

/** Starts both, the baseline taken, Cloud Sync quick. `environment` overrides the product's settings, `left` says how many have left with their accounts open. */
export async function startProductOnSandbox(environment: Readonly<Record<string, string>> = {}, left = 0): Promise<ProductOnSandbox> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-product-'));
  const sandbox = await startSandbox({
    dataDir: join(folder, 'sandbox'),
    ports: { control: 0, graph: 0, oci: 0, ldap: 0, ldaps: 0 },
    company: { people: 60, left },
  });
  sandbox.world.changeSettings({ cloudSync: { intervalMs: 100 } });
  const product = await compose({ ...productEnvironment(sandbox, folder), ...environment });
  const { operations } = product;
  await takeBaseline(operations, 'generic');
  const tell: ProductOnSandbox['tell'] = (worker) => tellOf(operations, worker);
  return {
    sandbox,
    operations,
    product,
    tell,
    async hire(worker) {
      const personId = await tell(worker);
      return { personId, ends: await carryOutRunsOf(operations, personId) };
    },
    view: () => viewSandbox(sandbox.urls.control),
    about: async (workerId) => aboutWorker(await viewSandbox(sandbox.urls.control), workerId),
    fault: (system, operation, fault = {}) =>
      void sandbox.world.faults.add({ system, operation, nth: 1, times: 1, phase: 'after', effect: { reset: true }, ...fault }),
    count: (system, operation) => sandbox.world.requests.since(system, 0).filter((request) => request.operation === operation).length,
    async stop() {
      await operations.registry.close();
      await sandbox.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A contractor from today on; whatever is not said is so. */
const usual = {
  status: 'active',
  workerType: 'contractor',
  name: { given: 'Cloud', family: 'Worker' },
  jobTitle: 'Support Agent',
  department: 'Support',
  location: { code: 'LIS', city: 'Lisbon', country: 'PT' },
  managerId: '10001',
} as const;

let last = 0;

async function tellOf(operations: OperationDeps, worker: Partial<Worker> & { readonly workerId: string }): Promise<string> {
  last += 1;
  const now = operations.clock.now();
  const eventId = `told-${last}`;
  const body = JSON.stringify({
    id: eventId,
    occurredAt: new Date(now).toISOString(),
    worker: { ...usual, hireDate: new Date(now).toISOString().slice(0, 10), ...worker },
  });
  const { workerId } = worker;
  const event = {
    source: 'generic',
    eventId,
    bodyHash: body,
    batchId: null,
    workerId,
    occurredAt: now,
    receivedAt: now,
    urgent: false,
    body,
  };
  const [taken] = await operations.registry.transaction((stores) => stores.inbox.take([event]));
  const { personId } = await foldEvent(operations, taken?.inboxId ?? '');
  if (personId === null) throw new Error(`The event about ${workerId} was not folded.`);
  return personId;
}
