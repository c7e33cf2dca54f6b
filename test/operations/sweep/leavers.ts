import { company } from '../../../sandbox/company/company.ts';
import { beginSweep } from '../../../shared/operations/sweep/begin-sweep.ts';
import { endSweep } from '../../../shared/operations/sweep/end-sweep.ts';
import { sweepPage } from '../../../shared/operations/sweep/sweep-page.ts';
import type { Run } from '../../../shared/ports/registry/runs.ts';
import type { Sweep } from '../../../shared/ports/registry/sweeps.ts';
import { required } from '../../contracts/expected.ts';
import { carryOut } from '../../support/carry-out.ts';
import type { ProductOnSandbox } from '../../support/product-on-sandbox.ts';

const dayMs = 86_400_000;
let last = 0;

/** Somebody of the company, whose last day was yesterday, with everything closed as the workflows say. */
export async function leaver(product: ProductOnSandbox, workerId: string): Promise<string> {
  const one = required(company.find((person) => person.workerId === workerId));
  const lastDay = new Date(product.operations.clock.now() - 2 * dayMs).toISOString().slice(0, 10);
  const workerType = workerId.startsWith('2') ? 'contractor' : 'employee';
  const response = await fetch(`${product.sandbox.urls.hr}/workers/${workerId}`, {
    method: 'PATCH',
    body: JSON.stringify({ status: 'terminated', lastDay }),
    headers: { Authorization: 'Bearer sandbox-hr-api-key' },
  });
  if (!response.ok) throw new Error(`HR answered ${response.status}: ${await response.text()}`);
  // The event is a hint: folding it reads the record above.
  const personId = await product.tell({ workerId, name: one.name, workerType, status: 'terminated', lastDay });
  await close(product, personId);
  return personId;
}

/** Carries out what is planned to close the person's access and to take it away. Answers what was carried out. */
export async function close(product: ProductOnSandbox, personId: string): Promise<readonly string[]> {
  const done: string[] = [];
  for (let next = await planned(product, personId); next !== undefined; next = await planned(product, personId)) {
    const { id, workflow } = next;
    const run = await product.operations.registry.transaction((stores) => stores.runs.beginStart(id, product.operations.clock.now()));
    done.push(`${workflow} ${await carryOut(product.operations, { runId: id, attempt: required(run).attempt })}`);
  }
  return done;
}

async function planned(product: ProductOnSandbox, personId: string): Promise<Run | undefined> {
  return (await closing(product, personId)).find(({ state }) => state === 'planned');
}

/** The person's runs that close access or take it away, newest first. */
export async function closing({ operations }: ProductOnSandbox, personId: string): Promise<readonly Run[]> {
  const runs = await operations.registry.stores.runs.list({ personId, limit: 100 });
  return runs.filter(({ workflow }) => workflow === 'leaver-contain' || workflow === 'leaver-strip');
}

/** One sweep from its beginning to its end, as its orchestration goes through it. */
export async function sweep({ operations }: ProductOnSandbox): Promise<Sweep> {
  last += 1;
  const sweepId = `sweep-${last}`;
  const { pages } = await beginSweep(operations, { sweepId });
  for (const page of pages) await sweepPage(operations, { sweepId, ...page });
  await endSweep(operations, { sweepId });
  return required(await operations.registry.stores.sweeps.last());
}
