import { z } from 'zod';
import { graphState } from '../../sandbox/graph/graph-state.ts';
import type { Worker } from '../../shared/domain/worker.ts';
import type { Run } from '../../shared/ports/registry/runs.ts';
import { performTask } from '../../shared/operations/perform-task.ts';
import type { GateWorld } from '../../test/gate/gate-world.ts';
import { aRun, hire } from '../../test/gate/people.ts';
import type { BenchResult } from '../figures.ts';
import { type QuietTenant, startQuietTenant } from './quiet-tenant.ts';

const target = 'entra:contoso';
const steps = ['create-account', 'ensure-groups', 'ensure-licences', 'enable-account'] as const;
// As many runs as the product has under way at most.
const atOnce = 400;
const departments = ['Platform', 'Sales', 'Finance', 'People', 'Support'];

/** So many contractors, each through the steps of `joiner-cloud` that write to Entra ID, many at once: how near the tenant's quota that comes, and how many writes it takes. */
export async function measureJoiners(count: number): Promise<BenchResult> {
  const tenant = await startQuietTenant();
  try {
    const startedAt = tenant.pace.now();
    const realAt = performance.now();
    const wrong = await joinAll(tenant, count);
    const tookMs = tenant.pace.now() - startedAt;
    return await report(tenant, { count, tookMs, realMs: performance.now() - realAt, wrong });
  } finally {
    await tenant.stop();
  }
}

async function joinAll({ deps, pace }: QuietTenant, count: number): Promise<readonly string[]> {
  const waiting = Array.from({ length: count }, (_, number) => aJoiner(number));
  const wrong: string[] = [];
  const world = { deps } as Pick<GateWorld, 'deps'> as GateWorld;
  const work = Array.from({ length: atOnce }, async () => {
    for (let worker = waiting.shift(); worker !== undefined; worker = waiting.shift()) {
      const run = await aRun(world, await hire(world, worker));
      for (const task of steps)
        wrong.push(...(await performed({ deps, pace }, run, task)).map((what) => `${worker?.workerId} ${task}: ${what}`));
    }
  });
  await Promise.all(work);
  return wrong;
}

/** Performs a step as often as it asks for; answers what did not come off. */
async function performed({ deps, pace }: Pick<QuietTenant, 'deps' | 'pace'>, run: Run, task: string): Promise<readonly string[]> {
  for (let attempts = 0; ; attempts += 1) {
    const result = await performTask(deps, { id: task, task, with: { target } }, { run, attempts });
    if (result.is === 'superseded') return ['superseded'];
    if (result.state !== 'waiting') return result.gaps > 0 || result.state === 'failed' ? [result.summary] : [];
    await pace.wait(result.afterMs ?? 1_000, new AbortController().signal);
  }
}

/** They work from home: the shipped rules put each into All Contractors and their team, and give a licence. */
function aJoiner(number: number): Worker {
  return {
    workerId: String(500_000 + number),
    status: 'active',
    workerType: 'contractor',
    name: { given: 'Ana', family: `Teste ${number.toString(36)}` },
    jobTitle: 'Engineer',
    jobCode: 'ENG3',
    department: departments[number % departments.length] ?? 'Platform',
    company: 'Contoso',
    location: { code: 'HOME', city: 'Porto', country: 'PT' },
    hireDate: '2026-01-05',
  };
}

type Measured = { readonly count: number; readonly tookMs: number; readonly realMs: number; readonly wrong: readonly string[] };

const state = z.object({
  users: z.array(
    z.looseObject({
      employeeId: z.string().nullish(),
      accountEnabled: z.boolean(),
      groups: z.array(z.string()),
      assignedLicenses: z.array(z.unknown()).nullish(),
    }),
  ),
});

async function report({ sandbox, deps }: QuietTenant, { count, tookMs, realMs, wrong }: Measured): Promise<BenchResult> {
  const requests = sandbox.world.requests.since('graph', 0);
  const writes = requests.filter(({ kind }) => kind === 'write');
  const throttled = requests.filter(({ status }) => status === 429).length;
  const adds = writes.filter(({ operation }) => operation === 'groups.addMember' || operation === 'groups.update');
  const joined = state.parse(graphState(sandbox.world)).users.filter(({ employeeId }) => Number(employeeId) >= 500_000);
  const memberships = joined.reduce((sum, { groups }) => sum + groups.filter((id) => !id.endsWith('d')).length, 0);
  const incomplete = joined.filter(
    (one) => !one.accountEnabled || one.groups.length < 2 || (one.assignedLicenses ?? []).length === 0,
  ).length;
  const audited = await countDone(deps);
  // Each is made, licensed and enabled; a PATCH takes twenty members.
  const fewest = 3 + memberships / (20 * count);
  const floorMs = (Math.max(0, writes.length - 3_000) / 20) * 1000;
  return {
    figures: [
      ['joiners', `${count}, ${atOnce} runs at once, in ${(realMs / 1000).toFixed(0)} s of this machine`],
      ['took', `${(tookMs / 1000).toFixed(1)} s of virtual time; the quota's floor for these writes is ${(floorMs / 1000).toFixed(1)} s`],
      ['of the quota', floorMs === 0 ? 'fewer writes than Graph takes at once' : `${((100 * floorMs) / tookMs).toFixed(1)} % (goal: 95)`],
      ['429 received', `${throttled} (goal: none)`],
      [
        'writes a joiner',
        `${(writes.length / count).toFixed(3)} (goal: 3.1); fewest ${fewest.toFixed(3)}, without going together ${(3 + memberships / count).toFixed(2)}`,
      ],
      ['members a write', `${(memberships / adds.length).toFixed(1)}, at most 20`],
      ['reads a joiner', ((requests.length - writes.length) / count).toFixed(1)],
    ],
    failures: [
      ...wrong.slice(0, 5),
      ...(joined.length === count && incomplete === 0
        ? []
        : [`${joined.length} of ${count} are there, ${incomplete} of them not complete`]),
      ...(audited === 3 * count + memberships ? [] : [`${audited} changes are in the audit, ${3 * count + memberships} were made`]),
    ],
  };
}

async function countDone({ registry }: QuietTenant['deps']): Promise<number> {
  let done = 0;
  for (let after = 0; ;) {
    const rows = await registry.stores.audit.list({ after, limit: 500 });
    done += rows.filter(({ action }) => action === 'change.done').length;
    const last = rows.at(-1);
    if (last === undefined) return done;
    after = last.sequence;
  }
}
