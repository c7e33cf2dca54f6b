import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealAudit } from '../../../shared/operations/audit/seal-audit.ts';
import { verifyAudit } from '../../../shared/operations/audit/verify-audit.ts';
import { openRegistry } from '../../../shared/registry/open-registry.ts';
import { type AuditBench, auditRows, openAuditBench } from '../../support/audit-bench.ts';
import { postgresPrograms, startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { auditChainContract } from './chain-contract.ts';

describe('The audit in PGlite:', () => {
  let bench: AuditBench;
  beforeAll(async () => {
    bench = await openAuditBench();
  });
  afterAll(() => bench.close());
  auditChainContract(() => bench);
});

describe.skipIf(postgresPrograms === undefined)('The audit in PostgreSQL:', () => {
  let postgres: TestPostgres;
  let bench: AuditBench;
  let url: string;
  beforeAll(async () => {
    postgres = await startPostgres();
    url = await postgres.database();
    bench = await openAuditBench(url);
  });
  afterAll(async () => {
    await bench.close();
    await postgres.stop();
  });
  auditChainContract(() => bench);

  it('a row of a transaction that ends late is sealed late, and none is missed', async () => {
    const deps = await bench.empty();
    const written = Promise.withResolvers<undefined>();
    const mayEnd = Promise.withResolvers<undefined>();
    const late = bench.registry.transaction(async ({ audit }) => {
      await audit.append(auditRows(1, { action: 'late' }));
      written.resolve(undefined);
      await mayEnd.promise;
    });
    await written.promise;
    await deps.registry.stores.audit.append(auditRows(1, { action: 'early' }));
    expect(await sealAudit(deps)).toMatchObject({ sealed: 1 });
    mayEnd.resolve(undefined);
    await late;
    expect(await sealAudit(deps)).toMatchObject({ sealed: 1 });
    const rows = await deps.registry.stores.auditChain.sealed(0, 10);
    expect(rows.map(({ action, position }) => [action, position])).toEqual([
      ['early', 1],
      ['late', 2],
    ]);
    expect(rows[0]?.sequence).toBeGreaterThan(rows[1]?.sequence ?? 0);
    expect(await verifyAudit(deps)).toMatchObject({ isWhole: true, sealed: 2, notSealed: 0 });
  });

  it('two products that seal at once make one chain, anchored in order', async () => {
    const deps = await bench.empty();
    const other = await openRegistry({ url, poolSize: 2 });
    for (let turn = 0; turn < 6; turn += 1) {
      await deps.registry.stores.audit.append(auditRows(40));
      await Promise.all([deps.registry, other].map((registry) => sealAudit({ ...deps, registry })));
    }
    await other.close();
    expect(await verifyAudit(deps)).toMatchObject({ isWhole: true, sealed: 240, provenTo: { position: 240 }, findings: [] });
  });
});
