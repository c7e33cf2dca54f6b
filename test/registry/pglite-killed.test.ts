import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Registry } from '../../shared/ports/registry/registry.ts';
import { openRegistry } from '../../shared/registry/open-registry.ts';

const writer = join(import.meta.dirname, 'write-until-killed.ts');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-registry-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Has a process write, kills it after so many commits, and answers the last batch that it said was committed. */
async function writeAndKill(prefix: string, commits: number): Promise<number> {
  const child = spawn(process.execPath, [writer, join(folder, 'registry'), prefix], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  let last = -1;
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line.split(' ')[1]);
    if (last >= commits) child.kill('SIGKILL');
  }
  await exit;
  return last;
}

async function peopleOf(registry: Registry, prefix: string, batch: number): Promise<number> {
  const found = await Promise.all([1, 2, 3].map((number) => registry.stores.people.byId(`${prefix}-${batch}-${number}`)));
  return found.filter((person) => person !== undefined).length;
}

describe('A registry folder whose process was killed in the middle of its writes', () => {
  it('opens again, time after time, with everything that was committed and no half of a transaction', async () => {
    const kills = [
      ['a', 3],
      ['b', 17],
    ] as const;
    const last = new Map<string, number>();
    for (const [prefix, commits] of kills) last.set(prefix, await writeAndKill(prefix, commits));
    const registry = await openRegistry({ folder: join(folder, 'registry') });
    for (const [prefix] of kills) {
      const committed = last.get(prefix) ?? -1;
      expect(committed).toBeGreaterThan(0);
      for (let batch = 0; batch <= committed; batch += 1) expect(await peopleOf(registry, prefix, batch), `${prefix}-${batch}`).toBe(3);
      expect([0, 3]).toContain(await peopleOf(registry, prefix, committed + 1));
      expect((await registry.stores.names.of(`${prefix}-${committed}-3`)).length).toBe(1);
    }
    await registry.close();
  }, 120_000);
});
