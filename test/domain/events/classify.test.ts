import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify, type EventKind, isActive } from '../../../shared/domain/classify.ts';
import type { Worker } from '../../../shared/domain/worker.ts';

const base: Worker = {
  workerId: '1',
  status: 'active',
  workerType: 'employee',
  name: { given: 'Zoë', family: "O'Brien" },
  hireDate: '2026-12-01',
  department: 'Platform',
  managerId: '10001',
};
const worker = (changes: Partial<Worker> = {}): Worker => ({ ...base, ...changes });

describe('What an event means', () => {
  const cases: readonly (readonly [EventKind, string, readonly Worker[], readonly Worker[]])[] = [
    ['joiner', 'nobody becomes somebody', [], [worker()]],
    ['joiner', 'nobody becomes somebody who is to come', [], [worker({ status: 'prehire' })]],
    ['nothing', 'nobody becomes somebody who has left', [], [worker({ status: 'terminated' })]],
    ['nothing', 'nobody becomes somebody who never came', [], [worker({ lastDay: '2026-11-30' })]],
    ['nothing', 'the same is said again', [worker()], [worker({ department: 'Platform' })]],
    ['nothing', 'null is said of what was never said', [worker()], [worker({ phone: null })]],
    ['mover', 'another department', [worker()], [worker({ department: 'Sales' })]],
    ['mover', 'another manager', [worker()], [worker({ managerId: '10002' })]],
    ['mover', 'a location', [worker()], [worker({ location: { code: 'LIS' } })]],
    ['correction', 'another name', [worker()], [worker({ name: { given: 'Zoe', family: "O'Brien" } })]],
    ['correction', 'another hire date', [worker()], [worker({ hireDate: '2026-12-02' })]],
    ['correction', 'from to come to there', [worker({ status: 'prehire' })], [worker()]],
    [
      'conversion',
      'a contractor is employed, in another department',
      [worker({ workerType: 'contractor' })],
      [worker({ department: 'Sales' })],
    ],
    ['leave', 'a leave begins', [worker()], [worker({ status: 'leave' })]],
    ['return', 'a leave ends', [worker({ status: 'leave' })], [worker()]],
    ['leaver', 'terminated', [worker()], [worker({ status: 'terminated' })]],
    ['leaver', 'a last day becomes known', [worker()], [worker({ lastDay: '2027-06-30' })]],
    ['rescinded', 'the hire is rescinded', [worker({ status: 'prehire' })], [worker({ status: 'rescinded' })]],
    ['rescinded', 'the last day comes before the first', [worker()], [worker({ lastDay: '2026-11-30' })]],
    ['rehire', 'somebody who had left is there again', [worker({ status: 'terminated' })], [worker()]],
    ['nothing', 'somebody who had left is changed', [worker({ status: 'terminated' })], [worker({ status: 'terminated', phone: '1' })]],
    ['nothing', 'a second record joins an unchanged first', [worker()], [worker(), worker({ workerId: '2' })]],
    [
      'nothing',
      'one of two records ends',
      [worker(), worker({ workerId: '2' })],
      [worker(), worker({ workerId: '2', status: 'terminated' })],
    ],
  ];

  it.each(cases)('%s: %s', (kind, _, before, after) => {
    expect(classify(before, after)).toBe(kind);
  });

  const anyWorker: fc.Arbitrary<Worker> = fc
    .record({
      status: fc.constantFrom('prehire', 'active', 'leave', 'terminated', 'rescinded'),
      workerType: fc.constantFrom('employee', 'contractor'),
      lastDay: fc.constantFrom(null, undefined, '2026-11-30', '2026-12-01', '2027-01-01'),
      department: fc.constantFrom('Platform', 'Sales', null),
    })
    .map((changes) => worker(changes as Partial<Worker>));

  it('is nothing when nothing changed, however it is written', () => {
    fc.assert(
      fc.property(anyWorker, (one) => {
        const again = Object.fromEntries(
          Object.entries(one)
            .toReversed()
            .filter(([, value]) => value != null),
        ) as Worker;
        return classify([one], [again]) === 'nothing' && classify([one], [{ ...one, phone: null }]) === 'nothing';
      }),
    );
  });

  it('is joining, rejoining or leaving exactly when somebody becomes or ceases to be active', () => {
    fc.assert(
      fc.property(anyWorker, anyWorker, (one, other) => {
        const kind = classify([one], [other]);
        if (isActive(one) && !isActive(other)) return kind === 'leaver' || kind === 'rescinded';
        if (!isActive(one) && isActive(other)) return kind === 'rehire';
        return kind !== 'joiner' && kind !== 'rehire' && kind !== 'rescinded';
      }),
    );
  });
});
