import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describeFault, scheduleFaults, struckFaults } from './campaign-faults.ts';
import { type Hire, makeHires } from './campaign-hires.ts';
import { judge } from './campaign-oracle.ts';
import type { OwnProcess } from './campaign-process.ts';
import { type Product, productFor } from './campaign-product.ts';
import { type Random, randomFrom } from './campaign-random.ts';
import { findSecrets } from './campaign-secrets.ts';
import { readState } from './campaign-state.ts';
import { readProgress, type Progress, unknownWorkers } from './campaign-progress.ts';
import { startWorld, type World } from './campaign-world.ts';

/** A campaign: people are hired while the product's process is killed again and again and its targets misbehave. All of it follows from the seed but the machine's own pace. */
export type CampaignOrder = {
  readonly seed: number;
  readonly hires: number;
  readonly kills: number;
  readonly withFaults: boolean;
  /** How long all runs may take to end after the last kill. */
  readonly patienceMs: number;
  readonly tell?: (line: string) => void;
};

/** How a campaign went. `findings` is everything that is not as it must be; `silentFaults` are scheduled faults that never struck. */
export type CampaignReport = {
  readonly seed: number;
  readonly hires: number;
  readonly kills: number;
  readonly killedBeforeReady: number;
  readonly faultsStruck: number;
  readonly seconds: number;
  readonly runs: Readonly<Record<string, number>>;
  readonly counters: Readonly<Record<string, { readonly reads: number; readonly writes: number }>>;
  readonly findings: readonly string[];
  /** What runs say they left undone, or do not know. */
  readonly gaps: readonly string[];
  readonly silentFaults: readonly string[];
};

type Scene = {
  readonly world: World;
  readonly product: Product;
  readonly random: Random;
  readonly hires: readonly Hire[];
  readonly order: CampaignOrder;
};

/** Runs a campaign from a fresh company to the verdict of the simulated systems. Its processes are gone and its folders removed afterwards. */
export async function runCampaign(order: CampaignOrder): Promise<CampaignReport> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-campaign-'));
  const world = await startWorld(join(folder, 'world'));
  const processes: OwnProcess[] = [];
  try {
    const random = randomFrom(order.seed);
    const product = await productFor({ world, dataFolder: join(folder, 'product') });
    const hires = makeHires(order.hires, random, dayBeforeYesterday());
    return await play({ world, product, random, hires, order }, processes);
  } finally {
    for (const one of processes) await one.end('SIGKILL');
    await world.process.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

async function play(scene: Scene, processes: OwnProcess[]): Promise<CampaignReport> {
  const { world, product, hires, order } = scene;
  const startedAt = performance.now();
  await world.post('/hr/webhook', { url: `${product.url}/api/hr/generic` });
  const first = await launch(product, processes);
  await untilBaseline(product);
  const before = await readState(world);
  if (order.withFaults) await scheduleFaults(world, scene.random, hires.length);
  const hiring = hireAll(scene);
  const { last, killedBeforeReady } = await killAgainAndAgain(scene, first, processes);
  await hiring;
  const progress = await untilAllEnded(scene);
  const unknown = await unknownWorkers(product, hires, progress);
  // What AD has learnt last reaches Entra with the next cycle.
  await world.post('/sync', {});
  const findings = judge(before, await readState(world), hires, unknown);
  await last.end('SIGTERM');
  const secrets = await findSecrets({ world, folder: product.dataFolder, outputs: processes.map((one) => one.output()) });
  const faults = await struckFaults(world);
  return {
    seed: order.seed,
    hires: hires.length,
    kills: order.kills,
    killedBeforeReady,
    faultsStruck: faults.reduce((sum, { fired }) => sum + fired, 0),
    seconds: Math.round((performance.now() - startedAt) / 1000),
    runs: progress.runs,
    counters: (await world.get('/counters')) as CampaignReport['counters'],
    findings: [...progress.findings, ...findings, ...secrets],
    gaps: progress.gaps,
    silentFaults: faults.filter(({ fired }) => fired === 0).map(describeFault),
  };
}

async function launch(product: Product, processes: OwnProcess[]): Promise<OwnProcess> {
  const started = product.launch();
  processes.push(started);
  await started.ready();
  return started;
}

async function untilBaseline(product: Product): Promise<void> {
  for (;;) {
    const health = await product.ask('/api/health');
    if (typeof health === 'object' && health !== null && 'baseline' in health && health.baseline === true) return;
    await pause(100);
  }
}

/** HR enters the people one after the other, whether the product is there or not. */
async function hireAll({ world, hires, random, order }: Scene): Promise<void> {
  const pace = order.kills === 0 ? 0 : 12_000 / hires.length;
  for (const hire of hires) {
    await world.hire(hire.worker);
    await pause(random.between(0, 2 * pace));
  }
}

async function killAgainAndAgain(
  { product, random, order }: Scene,
  first: OwnProcess,
  processes: OwnProcess[],
): Promise<{ readonly last: OwnProcess; readonly killedBeforeReady: number }> {
  let current = first;
  let killedBeforeReady = 0;
  for (let kill = 1; kill <= order.kills; kill += 1) {
    await pause(random.between(50, 4_000));
    await current.end('SIGKILL');
    order.tell?.(`kill ${kill} of ${order.kills}`);
    // Every fifth dies while it starts: what a start does must bear it too.
    if (random.below(5) === 0) {
      const short = product.launch();
      processes.push(short);
      await pause(random.between(200, 1_500));
      killedBeforeReady += /^host ready/m.test(short.output()) ? 0 : 1;
      await short.end('SIGKILL');
    }
    current = await launch(product, processes);
  }
  return { last: current, killedBeforeReady };
}

async function untilAllEnded({ world, product, hires, order }: Scene): Promise<Progress> {
  const limit = performance.now() + order.patienceMs;
  for (let told = ''; ;) {
    const progress = await readProgress(world, product, hires.length);
    const line = Object.entries(progress.runs)
      .map(([state, count]) => `${count} ${state}`)
      .join(', ');
    if (line !== told) order.tell?.(line);
    told = line;
    if (progress.isOver || performance.now() > limit) return progress;
    await pause(300);
  }
}

/** A hire date that has come in every time zone. */
function dayBeforeYesterday(): string {
  return new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
}
