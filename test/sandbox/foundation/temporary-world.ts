import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { openWorld, type OpenedWorld } from '../../../sandbox/foundation/open-world.ts';

const endings: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** Has `end` done after the test, last registered first. */
export function atEnd(end: () => Promise<void> | void): void {
  endings.push(end);
}

/** A data folder of the test's own, removed after it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-sandbox-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A world of the test's own, closed after it. */
export function temporaryWorld(clock?: () => number): OpenedWorld {
  const world = openWorld({ dataDir: temporaryFolder(), ...(clock === undefined ? {} : { clock }) });
  atEnd(() => world.close());
  return world;
}

/** Waits until `look` finds something. */
export async function eventually<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error('What was waited for did not happen within 10 s.');
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
