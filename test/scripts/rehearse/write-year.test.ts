import { describe, expect, it } from 'vitest';
import type { HrRecord } from '../../../scripts/rehearse/hr-record.ts';
import { writeYear, type YearOrder } from '../../../scripts/rehearse/write-year.ts';

const company = Array.from({ length: 60 }, (_, index): HrRecord => ({
  workerId: String(10_001 + index),
  status: 'active',
  workerType: index % 6 === 5 ? 'contractor' : 'employee',
  name: { given: 'Given', family: `Family${index}` },
  hireDate: '2020-01-01',
  lastDay: null,
  accessEnds: null,
  terminationKind: null,
  leave: null,
  jobTitle: 'Engineer',
  jobCode: 'ENG2',
  department: 'Platform',
  location: { code: 'LIS', city: 'Lisbon', country: 'PT' },
  managerId: index === 0 ? null : '10001',
  timeZone: 'Europe/Lisbon',
  personKey: null,
}));
const order: YearOrder = {
  seed: 7,
  start: Date.parse('2027-01-04T08:00:00Z'),
  days: 120,
  happenings: 150,
  weekdays: [1, 4],
  company,
  untouched: new Set(['10001']),
};
const year = writeYear(order);

describe('a year that is written from a seed', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(writeYear(order)).toEqual(year);
    expect(writeYear({ ...order, seed: 8 })).not.toEqual(year);
  });

  it('has every kind of happening, in the order of time, and none for those who are left alone', () => {
    const why = new Set(year.happenings.map((one) => one.why));
    for (const kind of [
      'hired ahead',
      'moved',
      'moved, told ahead',
      'leaves at once',
      'comes back',
      'comes back under another id',
      'goes on as contractor',
    ])
      expect(why).toContain(kind);
    expect(year.happenings.map(({ at }) => at)).toEqual(year.happenings.map(({ at }) => at).toSorted((one, other) => one - other));
    expect(year.happenings.some(({ human }) => human === '10001')).toBe(false);
  });

  it('tells of nobody before they are hired, and nothing after its end', () => {
    const known = new Set(company.map(({ workerId }) => workerId));
    for (const { record, sending, at } of year.happenings) {
      if (sending.as === 'hire') known.add(record.workerId);
      expect(known).toContain(record.workerId);
      expect(at).toBeLessThan(year.end);
    }
  });
});
