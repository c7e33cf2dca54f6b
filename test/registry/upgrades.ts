import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { expect, it } from 'vitest';
import { firstMigration } from '../../shared/registry/migrations/0001-first.ts';
import { lifecycleMigration } from '../../shared/registry/migrations/0002-lifecycle.ts';
import { openRegistry, type RegistryPlace } from '../../shared/registry/open-registry.ts';
import type { Database } from '../../shared/registry/schema.ts';

/** An empty registry, and a bare line to its database while no product has it open. */
export type UpgradePlace = {
  readonly place: RegistryPlace;
  withDatabase(work: (database: Kysely<Database>) => Promise<void>): Promise<void>;
};

/** A new version meets an old schema. */
export function bringsOlderForward(empty: () => Promise<UpgradePlace>): void {
  it('brings a registry of an older version forward, with all that it holds', async () => {
    const { place, withDatabase } = await empty();
    await withDatabase(async (database) => {
      const migrations = { '0001-first': firstMigration, '0002-lifecycle': lifecycleMigration };
      await new Migrator({ db: database, provider: { getMigrations: () => Promise.resolve(migrations) } }).migrateToLatest();
      await sql`insert into person (id, epoch, display_name, baseline) values ('p-old', 3, 'From before', false)`.execute(database);
    });
    const upgraded = await openRegistry(place);
    expect(await upgraded.stores.people.byId('p-old')).toMatchObject({ id: 'p-old', epoch: 3 });
    expect(await upgraded.stores.auditChain.head()).toMatchObject({ position: 0 });
    await upgraded.close();
  });
}

/** An old version meets a new schema. */
export function refusesNewer(empty: () => Promise<UpgradePlace>): void {
  it('keeps an old version from a registry that a newer one has made: it is told which version to start, and nothing is changed', async () => {
    const { place, withDatabase } = await empty();
    await (await openRegistry(place)).close();
    await withDatabase(async (database) => {
      await sql`insert into kysely_migration (name, timestamp) values ('9999-from-the-future', '2027-01-01T00:00:00.000Z')`.execute(
        database,
      );
    });
    await expect(openRegistry(place)).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringMatching(/newer version of Gatehouse.*9999-from-the-future.*restore the backup/s) as string,
    });
  });
}
