import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { OwnProcess } from '../test/support/campaign-process.ts';
import { type Product, productFor } from '../test/support/campaign-product.ts';
import { startWorld, type World } from '../test/support/campaign-world.ts';

/** A fresh company, and the product with its first look behind it, each in a process of its own. */
export type Company = { readonly world: World; readonly product: Product; readonly process: OwnProcess };

/** Starts a fresh company and the product on it, does the work, and leaves nothing behind. */
export async function withCompany<Result>(work: (company: Company) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
  const world = await startWorld(join(folder, 'world'));
  let running: OwnProcess | undefined;
  try {
    const product = await productFor({ world, dataFolder: join(folder, 'product'), environment: { GATEHOUSE_LOG_LEVEL: 'warn' } });
    await world.post('/hr/webhook', { url: `${product.url}/api/hr/generic` });
    running = product.launch();
    await running.ready();
    await untilBaseline(product);
    return await work({ world, product, process: running });
  } finally {
    await running?.end('SIGKILL');
    await world.process.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

async function untilBaseline(product: Product): Promise<void> {
  for (;;) {
    const health = await product.ask('/api/health');
    if (typeof health === 'object' && health !== null && 'baseline' in health && health.baseline === true) return;
    await pause(100);
  }
}
