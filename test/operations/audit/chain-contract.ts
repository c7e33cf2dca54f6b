import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AuditDeps } from '../../../shared/operations/audit/audit-deps.ts';
import { eraseAuditValues } from '../../../shared/operations/audit/erase-audit-values.ts';
import { probeAudit } from '../../../shared/operations/audit/probe-audit.ts';
import { sealAudit } from '../../../shared/operations/audit/seal-audit.ts';
import { verifyAudit } from '../../../shared/operations/audit/verify-audit.ts';
import type { Registry } from '../../../shared/ports/registry/registry.ts';
import { type AuditBench, auditRows } from '../../support/audit-bench.ts';

const quarterOfAnHour = 15 * 60_000;
const append = ({ registry }: { readonly registry: Registry }, count: number) => registry.stores.audit.append(auditRows(count));

/** What sealing, verifying and erasing promise, whatever the registry is kept in. */
export function auditChainContract(bench: () => AuditBench): void {
  describe('the chain', () => {
    it('takes up every row once, in more than one go, and is whole', async () => {
      const deps = await bench().empty();
      expect(await verifyAudit(deps)).toMatchObject({ isWhole: true, sealed: 0, provenTo: null });
      await append(deps, 501);
      expect(await sealAudit(deps)).toEqual({ sealed: 501, anchored: 501, problem: null });
      await append(deps, 2);
      expect(await sealAudit(deps)).toEqual({ sealed: 2, anchored: 503, problem: null });
      expect(await sealAudit(deps)).toEqual({ sealed: 0, anchored: 503, problem: null });
      const provenTo = { anchor: 2, at: bench().time.now, position: 503 };
      expect(await verifyAudit(deps)).toMatchObject({ isWhole: true, sealed: 503, provenTo, notProven: 0, notSealed: 0 });
      expect((await deps.registry.stores.audit.list({ after: 0, limit: 1 }))[0]?.position).toBe(1);
    });

    it('stays one when several seal at once while rows are written and it is verified', async () => {
      const deps = await bench().empty();
      const busy = Array.from({ length: 4 }, async () => {
        for (let turn = 0; turn < 3; turn += 1) {
          await append(deps, 7);
          await sealAudit(deps);
          expect(await verifyAudit(deps)).toMatchObject({ isWhole: true, findings: [] });
        }
      });
      await Promise.all(busy);
      expect(await verifyAudit(deps)).toMatchObject({ isWhole: true, sealed: 84, provenTo: { position: 84 }, notSealed: 0 });
    });

    it('says how much is sealed and not anchored, and how much is not sealed', async () => {
      const deps = await bench().empty();
      await append(deps, 3);
      await sealAudit(deps);
      await append(deps, 2);
      await sealAudit(withoutAnchors(deps));
      await append(deps, 4);
      const oldestNotSealedAt = auditRows(1)[0]?.at;
      const verdict = { isWhole: true, sealed: 5, notProven: 2, notSealed: 4, oldestNotSealedAt, provenTo: { anchor: 1, position: 3 } };
      expect(await verifyAudit(deps)).toMatchObject(verdict);
    });

    it('is not called whole with a row in a place that is taken, also where two pages of it meet', async () => {
      const deps = await bench().empty();
      await append(deps, 1001);
      await sealAudit(deps);
      await bench().tamper('drop index audit_position');
      const forged =
        'insert into audit (at, actor, action, detail, position, hash) select at, actor, action, detail, position, hash from audit';
      await bench().tamper(`${forged} where position = 1000`);
      expect(await verifyAudit(deps)).toMatchObject({ isWhole: false, findings: [{ kind: 'row-out-of-place' }] });
    });

    it('is not called whole when its anchors cannot be read, or were taken away', async () => {
      const deps = await bench().empty();
      await append(deps, 3);
      await sealAudit(deps);
      const away = await verifyAudit(withoutAnchors(deps));
      expect([away.isWhole, away.provenTo, away.findings.map(({ kind }) => kind)]).toEqual([false, null, ['anchors-away']]);
      await writeFile(deps.anchors.place, '');
      const gone = await verifyAudit(deps);
      expect([gone.isWhole, gone.findings.map(({ kind }) => kind)]).toEqual([false, ['anchors-missing']]);
    });
  });

  describe('health', () => {
    it('goes on sealing where the anchor cannot be written, says so, and anchors when it can be', async () => {
      const deps = await bench().empty();
      await append(deps, 3);
      await writeFile(dirname(deps.anchors.place), 'a file where the folder should be');
      const sealing = await sealAudit(deps);
      expect([sealing.sealed, sealing.anchored]).toEqual([3, 0]);
      expect(sealing.problem).toContain(deps.anchors.place);
      await expect(probeAudit(deps)).rejects.toThrow(deps.anchors.place);
      const elsewhere = { ...deps, anchors: (await bench().empty()).anchors };
      await append(elsewhere, 3);
      expect(await sealAudit(elsewhere)).toEqual({ sealed: 3, anchored: 3, problem: null });
      await expect(probeAudit(elsewhere)).resolves.toBeUndefined();
    });

    it('tells of rows that nobody seals', async () => {
      const deps = await bench().empty();
      await deps.registry.stores.audit.append(auditRows(1, { at: bench().time.now }));
      await expect(probeAudit(deps)).resolves.toBeUndefined();
      const later = { ...deps, clock: { now: () => bench().time.now + quarterOfAnHour } };
      await expect(probeAudit(later)).rejects.toThrow('1 audit rows are not sealed');
      await sealAudit(deps);
      await expect(probeAudit(later)).resolves.toBeUndefined();
    });
  });

  describe('what an audit row says of a person', () => {
    const outcome = { is: 'failed', problem: { code: 'target-refused', message: 'zoe@contoso.example is taken' } };
    const reason = { code: 'name-implausible', message: 'Zoë is not Ann' };
    const detail = {
      changeId: 'c-1',
      note: 'for Zoë',
      outcome,
      reason,
      to: ['zoe@example.net'],
      name: { given: 'Zoë' },
      empty: { note: null },
    };

    it('is shown as it was written, and stands in the row as digests that differ each time', async () => {
      const deps = await bench().empty();
      await deps.registry.stores.audit.append(auditRows(2, { detail }));
      expect((await deps.registry.stores.audit.list({ after: 0, limit: 5 })).map((row) => row.detail)).toEqual([detail, detail]);
      const stored = await deps.registry.transaction(({ auditChain }) => auditChain.unsealed(5));
      for (const text of ['Zoë', 'zoe@']) expect(stored.some((row) => row.detail.includes(text))).toBe(false);
      expect(stored.every((row) => ['target-refused', 'name-implausible', 'c-1'].every((text) => row.detail.includes(text)))).toBe(true);
      expect(stored[0]?.detail).not.toBe(stored[1]?.detail);
    });

    it('can be erased for one person, told of in the audit, and the chain stays whole', async () => {
      const deps = await bench().empty();
      await deps.registry.stores.audit.append(auditRows(2, { detail }));
      await deps.registry.stores.audit.append(auditRows(1, { personId: 'somebody-else', detail }));
      await sealAudit(deps);
      const erased = await eraseAuditValues(deps, { personId: 'person-zoe', actor: 'token:admin', reason: 'asked for by letter' });
      expect(erased).toBe(10);
      const [first, , others, told] = await deps.registry.stores.audit.list({ after: 0, limit: 5 });
      expect(JSON.stringify(first)).not.toMatch(/Zoë|zoe@/);
      expect(first?.detail['note']).toEqual({ erased: expect.stringMatching(/^[0-9a-f]{64}$/) });
      expect(others?.detail).toEqual(detail);
      expect(told).toMatchObject({
        action: 'audit.values-erased',
        actor: 'token:admin',
        detail: { values: 10, why: 'asked for by letter' },
      });
      expect(await verifyAudit(deps)).toMatchObject({ isWhole: true, erasedValues: 10, findings: [] });
    });

    it('stays as it is in a row that is about nobody', async () => {
      const deps = await bench().empty();
      await deps.registry.stores.audit.append(auditRows(1, { personId: null, detail: { reason: 'a holiday' } }));
      const [stored] = await deps.registry.transaction(({ auditChain }) => auditChain.unsealed(1));
      expect(stored?.detail).toContain('a holiday');
    });
  });
}

/** Anchors in a place that is away. */
function withoutAnchors(deps: AuditDeps): AuditDeps {
  const away = () => Promise.reject(new Error('the share is away'));
  return {
    ...deps,
    anchors: {
      place: 'a share',
      append: away,
      probe: away,
      all: () => ({ [Symbol.asyncIterator]: () => ({ next: away }) }),
    },
  };
}
