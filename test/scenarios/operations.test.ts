import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { startOutsideBroker } from '../support/outside-broker.ts';
import { postgresPrograms, startPostgres } from '../support/postgres.ts';
import { startGatehouse } from '../support/product.ts';
import { outagesAreSurvived } from './outages.ts';
import { peopleAreErased } from './erasures.ts';
import type { OperationsStage } from './operations-stage.ts';
import { upgradesMeetRuns } from './upgrades.ts';

describe('Running it', { timeout: 120_000 }, () => {
  let stage: OperationsStage | undefined;
  const there = (): OperationsStage => {
    if (stage === undefined) throw new Error('It has not been started.');
    return stage;
  };
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-operations-'));
    const config = join(folder, 'config');
    cpSync(resolve(import.meta.dirname, '../../config'), config, { recursive: true });
    const [broker, postgres] = await Promise.all([
      startOutsideBroker(folder),
      postgresPrograms === undefined ? undefined : startPostgres(),
    ]);
    const databaseUrl = await postgres?.database();
    const environment = {
      GATEHOUSE_CONFIG_DIR: config,
      GATEHOUSE_SERVICEBUS: broker.connection,
      ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    };
    stage = { gatehouse: await startGatehouse({ environment }), broker, postgres, databaseUrl, config, folder };
  }, 180_000);
  afterAll(async () => {
    await stage?.gatehouse.stop();
    await stage?.broker.stop();
    await stage?.postgres?.stop();
    rmSync(stage?.folder ?? '', { recursive: true, force: true });
  });

  outagesAreSurvived(there);
  peopleAreErased(there);
  // Last: the product is another version afterwards.
  upgradesMeetRuns(there);
});
