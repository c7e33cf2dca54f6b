import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealAudit } from '../../../shared/operations/audit/seal-audit.ts';
import { verifyAudit } from '../../../shared/operations/audit/verify-audit.ts';
import { type AuditBench, auditRows, openAuditBench } from '../../support/audit-bench.ts';
import { postgresPrograms, startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { type Known, tampers } from './tampers.ts';

/** Sealed and anchored in so many goes of so many rows; two different rows of them. */
const chains = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 3 }).chain((goes) =>
  fc.record({
    goes: fc.constant(goes),
    places: fc.uniqueArray(fc.nat({ max: goes.reduce((sum, count) => sum + count, 0) - 1 }), { minLength: 2, maxLength: 2 }),
  }),
);

function tamperingIsFound(bench: () => AuditBench, cases: number): void {
  it.each(Object.entries(tampers))('%s', async (_, { finds, tamper }: Known) => {
    await fc.assert(
      fc.asyncProperty(chains, async ({ goes, places }) => {
        const deps = await bench().empty();
        for (const count of goes) {
          await bench().registry.stores.audit.append(auditRows(count));
          await sealAudit(deps);
        }
        const total = goes.reduce((sum, count) => sum + count, 0);
        expect(await verifyAudit(deps)).toMatchObject({ isWhole: true, findings: [], provenTo: { anchor: goes.length, position: total } });
        const rows = await bench().registry.stores.auditChain.sealed(0, 100);
        const [one = 0, other = 1] = places.toSorted((a, b) => a - b);
        await tamper(bench(), { rows, one, other });
        const verdict = await verifyAudit(deps);
        expect(verdict.isWhole).toBe(false);
        expect(verdict.findings.map(({ kind }) => kind)).toContain(finds);
      }),
      { numRuns: cases },
    );
  });
}

describe('In an audit whose rows are anchored, whoever can write to the database is found out:', () => {
  let bench: AuditBench;
  beforeAll(async () => {
    bench = await openAuditBench();
  });
  afterAll(() => bench.close());
  tamperingIsFound(() => bench, 3);
});

describe.skipIf(postgresPrograms === undefined)('The same in PostgreSQL:', () => {
  let postgres: TestPostgres;
  let bench: AuditBench;
  beforeAll(async () => {
    postgres = await startPostgres();
    bench = await openAuditBench(await postgres.database());
  });
  afterAll(async () => {
    await bench.close();
    await postgres.stop();
  });
  tamperingIsFound(() => bench, 1);
});
