import { sql } from 'kysely';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Registry } from '../../shared/ports/registry/registry.ts';
import { openRegistry } from '../../shared/registry/open-registry.ts';
import { overPool } from '../../shared/registry/over-pool.ts';
import { openPglitePool } from '../../shared/registry/pglite/pglite-pool.ts';
import { registryContract } from './contract/registry-contract.ts';
import { refusesNewer, type UpgradePlace } from './upgrades.ts';

let registry: Registry;
const folders: string[] = [];

async function emptyPlace(): Promise<UpgradePlace> {
  const parent = await mkdtemp(join(tmpdir(), 'gatehouse-upgrade-'));
  folders.push(parent);
  const folder = join(parent, 'registry');
  return {
    place: { folder },
    withDatabase: async (work) => {
      const database = overPool(await openPglitePool({ folder, template: undefined }));
      await work(database);
      await sql`checkpoint`.execute(database);
      await database.destroy();
    },
  };
}

beforeAll(async () => {
  registry = await openRegistry({ folder: null });
}, 120_000);
afterAll(async () => {
  await registry.close();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

describe('The registry in PGlite', () => {
  registryContract(() => registry);
  refusesNewer(emptyPlace);

  it('says so, and keeps nobody waiting, when it is asked after it was closed', async () => {
    const closed = await openRegistry({ folder: null });
    const waiting = closed.stores.people.count().then(() => closed.stores.people.count());
    await Promise.all([expect(waiting).rejects.toMatchObject({ code: 'store-unavailable' }), closed.close()]);
  });
});
