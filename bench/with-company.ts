import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { OwnProcess } from '../test/support/campaign-process.ts';
import { type Product, productFor } from '../test/support/campaign-product.ts';
import { startWorld, type World } from '../test/support/campaign-world.ts';

/** A fresh company, and the product with its first look behind it, each in a process of its own. */
export type Company = {
  readonly world: World;
  readonly product: Product;
  readonly process: OwnProcess;
  /** How long the first look took, from the start of the product. */ readonly baselineMs: number;
};

/** `people`: how many the company has, where not the usual sixty; `left`: how many more have left with their accounts still open. */
export type CompanySize = { readonly people?: number; readonly left?: number };

/** Starts a fresh company and the product on it, does the work, and leaves nothing behind. Brakes are too wide to trip: what they do is not what is measured. */
export async function withCompany<Result>(work: (company: Company) => Promise<Result>, size: CompanySize = {}): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
  const world = await startWorld(join(folder, 'world'), settingsOf(size));
  let running: OwnProcess | undefined;
  try {
    const environment = { GATEHOUSE_LOG_LEVEL: 'warn', GATEHOUSE_CONFIG_DIR: wideConfig(folder) };
    const product = await productFor({ world, dataFolder: join(folder, 'product'), environment });
    await world.post('/hr/webhook', { url: `${product.url}/api/hr/generic` });
    const launchedAt = performance.now();
    running = product.launch();
    await running.ready();
    await untilBaseline(product);
    return await work({ world, product, process: running, baselineMs: performance.now() - launchedAt });
  } finally {
    await running?.end('SIGKILL');
    await world.process.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

function settingsOf({ people, left }: CompanySize): Readonly<Record<string, string>> {
  return {
    ...(people === undefined ? {} : { GATEHOUSE_SANDBOX_PEOPLE: String(people) }),
    ...(left === undefined ? {} : { GATEHOUSE_SANDBOX_LEFT: String(left) }),
  };
}

/** The shipped configuration with brakes that nothing reaches. */
function wideConfig(folder: string): string {
  const config = join(folder, 'config');
  cpSync(resolve(import.meta.dirname, '../config'), config, { recursive: true });
  const brakes = join(config, 'brakes.yaml');
  writeFileSync(brakes, readFileSync(brakes, 'utf8').replaceAll(/atLeast: \d+/g, 'atLeast: 1000000'));
  return config;
}

async function untilBaseline(product: Product): Promise<void> {
  for (;;) {
    const health = await product.ask('/api/health');
    if (typeof health === 'object' && health !== null && 'baseline' in health && health.baseline === true) return;
    await pause(1000);
  }
}
