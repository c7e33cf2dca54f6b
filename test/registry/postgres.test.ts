import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Registry } from '../../shared/ports/registry/registry.ts';
import { openRegistry } from '../../shared/registry/open-registry.ts';
import { overPool } from '../../shared/registry/over-pool.ts';
import { openPostgresPool } from '../../shared/registry/postgres-pool.ts';
import { postgresPrograms, run, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { registryContract } from './contract/registry-contract.ts';
import { aPerson } from './contract/samples.ts';
import { bringsOlderForward, refusesNewer, type UpgradePlace } from './upgrades.ts';

describe.skipIf(postgresPrograms === undefined)('The registry in PostgreSQL', () => {
  let postgres: TestPostgres;
  let registry: Registry;
  let url: string;
  beforeAll(async () => {
    postgres = await startPostgres();
    url = await postgres.database();
    registry = await openRegistry({ url });
  });
  afterAll(async () => {
    await registry.close();
    await postgres.stop();
  });

  registryContract(() => registry);
  const emptyPlace = async (): Promise<UpgradePlace> => {
    const place = { url: await postgres.database() };
    return {
      place,
      withDatabase: async (work) => {
        const database = overPool(openPostgresPool({ ...place, poolSize: 1 }));
        await work(database);
        await database.destroy();
      },
    };
  };
  bringsOlderForward(emptyPlace);
  refusesNewer(emptyPlace);

  it('goes on serving a process of the version before while a newer one has added to the schema', async () => {
    const shared = await postgres.database();
    const old = await openRegistry({ url: shared });
    // What a migration may do while others run: it adds, and what it adds has a default.
    await run(shared, 'alter table person add column shoe_size int not null default 42; create table shoes (id text primary key)');
    const person = await aPerson(old);
    expect((await old.stores.people.byId(person))?.id).toBe(person);
    await old.close();
  });

  it('is brought up to date once, however many open it at once, and keeps what it holds', async () => {
    const empty = await postgres.database();
    const opened = await Promise.all([1, 2, 3].map(() => openRegistry({ url: empty, poolSize: 1 })));
    const [first, ...others] = opened;
    if (first === undefined) throw new Error('nothing was opened');
    const person = await aPerson(first);
    for (const other of others) expect((await other.stores.people.byId(person))?.id).toBe(person);
    await Promise.all(opened.map((one) => one.close()));
    const again = await openRegistry({ url: empty });
    expect(await again.stores.people.count()).toBe(1);
    await again.close();
  });

  it('says that the store cannot be reached when it is cut off, and works again when it can', async () => {
    const cut = await openRegistry({ url, poolSize: 1 });
    const held = cut.transaction(async (stores) => {
      await run(url, 'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and state is not null');
      return stores.people.count();
    });
    await expect(held).rejects.toMatchObject({ code: 'store-unavailable' });
    expect(await cut.stores.people.count()).toBeGreaterThanOrEqual(0);
    await cut.close();
  });
});
