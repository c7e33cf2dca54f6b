import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../shared/domain/conditions/condition.ts';
import { conditionSchema } from '../../../shared/domain/conditions/condition-schema.ts';
import { matches } from '../../../shared/domain/conditions/matches.ts';
import { isWorkerFact, workerFact, workerFacts } from '../../../shared/domain/facts/worker-fact.ts';
import { workerSchema, type Worker } from '../../../shared/domain/worker.ts';

const zoe: Worker = {
  workerId: '10042',
  status: 'active',
  workerType: 'employee',
  name: { given: 'Zoë', family: "O'Brien" },
  hireDate: '2026-12-01',
  jobTitle: 'Engineer',
  jobCode: 'ENG2',
  department: 'Platform',
  costCenter: '',
  location: { code: 'LIS', country: 'PT' },
  managerId: null,
  custom: { badge: 'B-7', remote: true, 'cost.area': 3 },
};

const holds = (condition: Condition) => matches(conditionSchema.parse(condition), zoe);

describe('a condition on a worker', () => {
  it.each<[string, Condition, boolean]>([
    ['with nothing in it holds for everyone', {}, true],
    ['compares text without regard to case', { department: 'PLATFORM' }, true],
    ['does not hold for another value', { department: 'Sales' }, false],
    ['holds for any value of a list', { jobCode: ['ENG1', 'ENG2'] }, true],
    ['needs all of its entries', { department: 'Platform', jobCode: 'FIN1' }, false],
    ['reaches into the record by a dotted path', { 'location.code': 'lis' }, true],
    ['reads custom fields, also with a dot in their name', { 'custom.cost.area': 3, 'custom.remote': true }, true],
    ['compares a number with the same text', { workerId: 10042 }, true],
    ['is case-sensitive when asked to be', { department: { is: 'platform', caseSensitive: true } }, false],
    ['matches the start of text', { jobCode: { startsWith: ['FIN', 'eng'] } }, true],
    ['needs both the value and the start where both are given', { jobCode: { is: 'ENG2', startsWith: 'FIN' } }, false],
    ['combines with all', { all: [{ department: 'Platform' }, { jobCode: 'ENG2' }] }, true],
    ['combines with any', { any: [{ department: 'Sales' }, { jobCode: 'ENG2' }] }, true],
    ['is turned round by not', { not: { department: 'Platform' } }, false],
    ['asks whether facts are there', { present: ['jobTitle', 'location.code'] }, true],
    ['takes an empty or cleared fact for absent', { present: 'costCenter' }, false],
    ['does not take an absent fact for the text null', { managerId: 'null' }, false],
    ['finds no start in an absent fact', { managerId: { startsWith: '' } }, false],
    ['never equals an absent fact, so that not holds for it', { not: { managerId: '10001' } }, true],
  ])('%s', (_, condition, expected) => {
    expect(holds(condition)).toBe(expected);
  });

  it('compares accents as the same letter however they are composed', () => {
    expect(holds({ 'name.given': 'Zoe\u0308' })).toBe(true);
  });

  it.each<[string, unknown, (string | number)[], string]>([
    ['a fact that there is not, with the nearest one', { departmnt: 'Platform' }, ['departmnt'], 'Did you mean "department"?'],
    ['an empty list', { department: [] }, ['department'], 'empty list'],
    ['null as a value', { department: null }, ['department'], 'present'],
    ['an unknown key of a comparison', { jobCode: { startWith: 'E' } }, ['jobCode', 'startWith'], 'Did you mean "startsWith"?'],
    ['a mistake inside all', { all: [{ jobCode: 'x' }, { jobcod: 'x' }] }, ['all', 1, 'jobcod'], 'Did you mean "jobCode"?'],
    ['any without conditions', { any: [] }, ['any'], 'one or more conditions'],
    ['present of something unknown', { present: ['managerID'] }, ['present'], 'Did you mean "managerId"?'],
  ])('is refused for %s, at its place', (_, condition, path, message) => {
    const { issues } = conditionSchema.safeParse(condition).error ?? { issues: [] };
    expect(issues).toContainEqual(expect.objectContaining({ path, message: expect.stringContaining(message) }));
  });

  it('stays as it was written, so that it can be stored and read again', () => {
    const condition = { any: [{ department: 'Platform' }, { not: { present: 'lastDay' } }] };
    const once = conditionSchema.parse(condition);
    expect(conditionSchema.parse(JSON.parse(JSON.stringify(once)))).toEqual(condition);
  });
});

describe('the facts of a worker', () => {
  it('are all fields of the record', () => {
    const known = new Set(workerFacts.map((path) => path.split('.')[0]));
    expect(Object.keys(workerSchema.shape).filter((field) => field !== 'custom' && !known.has(field))).toEqual([]);
  });

  it('are never taken from the prototype of the record', () => {
    expect(workerFact(zoe, 'custom.constructor')).toBeNull();
    expect(workerFact(zoe, 'name.toString')).toBeNull();
    expect(isWorkerFact('constructor')).toBe(false);
  });
});
