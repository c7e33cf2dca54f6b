import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccessRule } from '../../shared/access/access-rule.ts';
import { entitlementsOf } from '../../shared/access/evaluate-access.ts';
import type { Worker } from '../../shared/domain/worker.ts';

const worker: Worker = {
  workerId: '1',
  status: 'active',
  workerType: 'employee',
  name: { given: 'Ana' },
  hireDate: '2026-01-01',
  department: 'Platform',
  jobCode: 'ENG2',
};
const rules: readonly AccessRule[] = [
  { id: 'everyone', version: 'v1', when: {}, grants: ['staff'] },
  { id: 'engineers', version: 'v2', when: { jobCode: ['ENG1', 'ENG2'] }, grants: ['developers', 'staff'] },
  { id: 'sales', version: 'v1', when: { department: 'Sales' }, grants: ['crm'] },
];

describe('what the rules give', () => {
  it('names each entitlement once, with every rule that gives it', () => {
    expect(entitlementsOf(worker, rules)).toEqual([
      { entitlement: 'developers', rules: ['engineers@v2'] },
      { entitlement: 'staff', rules: ['engineers@v2', 'everyone@v1'] },
    ]);
  });

  it('is the same whatever the order of the rules', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...rules], { minLength: rules.length }), (shuffled) => {
        expect(entitlementsOf(worker, shuffled)).toEqual(entitlementsOf(worker, rules));
      }),
    );
  });

  it('is nothing for somebody whom no rule names', () => {
    expect(entitlementsOf(worker, rules.slice(2))).toEqual([]);
  });
});
