import { describe, expect, it } from 'vitest';
import { classify, type EventKind, type Known } from '../../../shared/domain/classify.ts';
import { standingOf } from '../../../shared/domain/standing/standing-of.ts';
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
const calendar = { tenantZone: 'UTC', locations: {}, createDaysBefore: 14 };
const noon = Date.parse('2027-01-15T12:00:00Z');

/** What is known at noon from records, all of which were told an hour before. */
function known(workers: readonly Worker[], wasThere = workers.length > 0): Known {
  const employments = workers.map((one) => ({ source: 'generic', workerId: one.workerId, worker: one, closedAt: noon - 3_600_000 }));
  return { stance: standingOf(employments, noon, calendar), wasThere };
}

describe('What a change of what is known means', () => {
  const contract = worker({ workerId: 'c', workerType: 'contractor', lastDay: '2027-01-31' });
  const cases: readonly (readonly [readonly EventKind[], string, readonly Worker[], readonly Worker[]])[] = [
    [['joiner'], 'nobody becomes somebody', [], [worker()]],
    [['joiner'], 'nobody becomes somebody who is to come', [], [worker({ status: 'prehire', hireDate: '2027-03-01' })]],
    [['joiner', 'leaver'], 'nobody becomes somebody whose end is known', [], [worker({ lastDay: '2027-06-30' })]],
    [[], 'the same is said again', [worker()], [worker({ department: 'Platform' })]],
    [[], 'null is said of what was never said', [worker()], [worker({ phone: null })]],
    [['mover'], 'another department', [worker()], [worker({ department: 'Sales' })]],
    [['mover'], 'another manager', [worker()], [worker({ managerId: '10002' })]],
    [['mover'], 'a location', [worker()], [worker({ location: { code: 'LIS' } })]],
    [['renamed'], 'another name', [worker()], [worker({ name: { given: 'Zoe', family: "O'Brien" } })]],
    [['correction'], 'another phone', [worker()], [worker({ phone: '+351' })]],
    [['mover', 'renamed'], 'another name in another department', [worker()], [worker({ department: 'Sales', name: { given: 'Zoe' } })]],
    [['start-moved'], 'another hire date', [worker()], [worker({ hireDate: '2026-12-02' })]],
    [[], 'from to come to there', [worker({ status: 'prehire' })], [worker()]],
    [
      ['conversion', 'mover'],
      'a contractor is employed, in another department',
      [worker({ workerType: 'contractor' })],
      [worker({ department: 'Sales' })],
    ],
    [
      ['conversion', 'start-moved', 'correction'],
      'a contractor whose contract is over is employed under another worker id',
      [contract],
      [{ ...contract, lastDay: '2027-01-14' }, worker({ workerId: 'e', hireDate: '2027-01-15' })],
    ],
    [['leave'], 'a leave begins', [worker()], [worker({ status: 'leave' })]],
    [['return'], 'a leave ends', [worker({ status: 'leave' })], [worker()]],
    [['leaver'], 'terminated', [worker()], [worker({ status: 'terminated' })]],
    [['leaver'], 'a last day becomes known', [worker()], [worker({ lastDay: '2027-06-30' })]],
    [['leaver'], 'the last day is moved', [worker({ lastDay: '2027-06-30' })], [worker({ lastDay: '2027-05-31' })]],
    [['leaver'], 'the last day was yesterday', [worker()], [worker({ lastDay: '2027-01-14' })]],
    [['withdrawn'], 'the last day is taken back', [worker({ lastDay: '2027-06-30' })], [worker()]],
    [['withdrawn'], 'a termination is taken back after it', [worker({ status: 'terminated' })], [worker()]],
    [
      ['rescinded'],
      'the hire is rescinded',
      [worker({ hireDate: '2027-03-01' })],
      [worker({ hireDate: '2027-03-01', status: 'rescinded' })],
    ],
    [['no-show'], 'the last day comes before the first', [worker()], [worker({ lastDay: '2026-11-30' })]],
    [['rehire'], 'somebody who had left is hired again', [worker({ status: 'terminated' })], [worker({ hireDate: '2027-01-20' })]],
    [
      ['rehire'],
      'and under another worker id',
      [worker({ status: 'terminated' })],
      [worker({ status: 'terminated' }), worker({ workerId: '2', hireDate: '2027-01-20' })],
    ],
    [[], 'somebody who had left is changed', [worker({ status: 'terminated' })], [worker({ status: 'terminated', phone: '1' })]],
    [
      [],
      'one of two records ends',
      [worker(), worker({ workerId: '0', hireDate: '2020-01-01' })],
      [worker(), worker({ workerId: '0', hireDate: '2020-01-01', status: 'terminated' })],
    ],
  ];

  it.each(cases)('%j: %s', (kinds, _, before, after) => {
    expect(classify(known(before), known(after)).kinds).toEqual(kinds);
  });

  it('nothing: nobody becomes somebody who has left, or never came', () => {
    for (const over of [worker({ status: 'terminated' }), worker({ lastDay: '2026-11-30' })])
      expect(classify(known([]), known([over], false)).kinds).toEqual([]);
  });

  it('a leaver: it becomes known only after the end that they were there before it', () => {
    const over = worker({ status: 'terminated' });
    expect(classify(known([over], false), known([over])).kinds).toEqual(['leaver']);
  });

  it('tells which fields of the record have changed', () => {
    expect(classify(known([worker()]), known([worker({ department: 'Sales', phone: '1' })])).changed).toEqual(['department', 'phone']);
  });
});
