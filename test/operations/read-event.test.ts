import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEvent } from '../../shared/operations/read-events.ts';
import { anEvent, zoe } from './sample-event.ts';

const now = Date.parse('2026-11-21T12:00:00Z');

function problems(raw: unknown): readonly string[] {
  const read = readEvent(raw, now);
  return read.is === 'bad' ? read.problems.map(({ field, problem }) => `${field} ${problem}`) : [];
}

const withWorker = (changes: object): unknown => ({ ...anEvent(), worker: { ...zoe, ...changes } });

describe('An event', () => {
  it('as in the contract is read without a word', () => {
    expect(readEvent(anEvent(), now)).toMatchObject({ is: 'good', warnings: [] });
  });

  it('needs no more than id, time, worker id, status, type, given name and hire date', () => {
    const least = {
      id: 'e',
      occurredAt: '2026-11-21T08:00:00+01:00',
      worker: { workerId: '1', status: 'prehire', workerType: 'external', name: { given: 'Björk' }, hireDate: '2026-12-01' },
    };
    expect(readEvent(least, now)).toMatchObject({ is: 'good', warnings: [] });
  });

  it('may clear whatever is not required, by null or by empty text', () => {
    const optional = [
      'lastDay',
      'personalEmail',
      'jobTitle',
      'department',
      'location',
      'managerId',
      'timeZone',
      'phone',
      'leave',
      'custom',
      'accessEnds',
    ];
    expect(problems(withWorker(Object.fromEntries(optional.map((name) => [name, null]))))).toEqual([]);
    expect(problems(withWorker({ jobTitle: '', managerId: '', phone: '', department: '' }))).toEqual([]);
  });

  it('has all its missing fields named at once', () => {
    expect(problems({ worker: { name: {} } })).toEqual([
      'id is required',
      'occurredAt is required',
      'worker.workerId is required',
      'worker.status is required and must be one of prehire, active, leave, terminated, rescinded',
      'worker.workerType is required and must be one of employee, contractor, intern, external',
      'worker.name.given is required',
      'worker.hireDate is required',
    ]);
  });

  it('has all its fields of another type named at once, with what they are', () => {
    const raw = {
      ...anEvent(),
      id: 5,
      revision: 'seven',
      worker: { ...zoe, workerId: 10_042, name: [], jobTitle: { en: 'x' }, location: 'LIS', custom: [] },
    };
    expect(problems(raw)).toEqual([
      'id must be text, not a number',
      'revision must be a number, not text',
      'worker.workerId must be text, not a number',
      'worker.name must be an object, not a list',
      'worker.jobTitle must be text, not an object',
      'worker.location must be an object, not text',
      'worker.custom must be an object, not a list',
    ]);
  });

  it.each([
    ['hireDate', '2026-02-30'],
    ['hireDate', '2025-02-29'],
    ['hireDate', '01.12.2026'],
    ['hireDate', '2026-12-01T00:00:00Z'],
    ['hireDate', ''],
    ['lastDay', '2026-13-01'],
  ])('is refused for a date that does not exist or is none: %s %s', (field, value) => {
    expect(problems(withWorker({ [field]: value }))).toEqual([`worker.${field} must be a calendar date such as 2026-12-01`]);
  });

  it.each(['2026-02-30T08:00:00Z', '2026-11-21', '2026-11-21T25:00:00Z', '2026-11-21T08:00:00', 'yesterday', '1795000000'])(
    'is refused for an instant that does not exist or is none: %s',
    (occurredAt) => {
      expect(problems({ ...anEvent(), occurredAt })).toEqual(['occurredAt must be an instant such as 2026-11-21T08:00:00Z']);
    },
  );

  it('is refused when it happens more than five minutes from now', () => {
    const at = (ms: number) => problems({ ...anEvent(), occurredAt: new Date(now + ms).toISOString() });
    expect([at(5 * 60_000), at(5 * 60_000 + 1)]).toEqual([[], ['occurredAt is more than five minutes ahead of now']]);
  });

  it.each([
    [{ status: 'fired' }, 'worker.status must be one of prehire, active, leave, terminated, rescinded'],
    [{ workerType: 'robot' }, 'worker.workerType must be one of employee, contractor, intern, external'],
    [{ workerId: '' }, 'worker.workerId must not be empty'],
    [{ workerId: 'x'.repeat(65) }, 'worker.workerId must be at most 64 characters long'],
    [{ name: { given: '' } }, 'worker.name.given must not be empty'],
    [{ custom: { list: ['a'] } }, 'worker.custom.list'],
  ])('is refused for a value that nothing can be made of: %o', (changes, problem) => {
    expect(problems(withWorker(changes)).join()).toContain(problem);
  });

  it.each([
    ['a NUL', 'Zo\u0000ë'],
    ['half a surrogate pair', 'Zo\uD800ë'],
  ])('is refused for text that no database can keep: %s', (_, text) => {
    expect(problems(withWorker({ name: { given: text } })).join()).toContain('worker.name.given');
    expect(problems(withWorker({ workerId: text })).join()).toContain('worker.workerId');
    expect(problems(withWorker({ custom: { shoe: text } })).join()).toContain('worker.custom.shoe');
    expect(problems(withWorker({ custom: { [text]: 1 } })).join()).toContain('worker.custom');
    expect(problems({ ...anEvent(), id: text }).join()).toContain('id');
  });

  it('is taken with unknown fields, which are named', () => {
    const raw = {
      ...anEvent(),
      batch: 1,
      worker: {
        ...zoe,
        shoeSize: 44,
        name: { ...zoe.name, middle: 'M' },
        location: { code: 'LIS', floor: 3 },
        leave: { from: '2027-01-01', why: 'x' },
      },
    };
    const read = readEvent(raw, now);
    if (read.is === 'bad') throw new Error('refused');
    expect(read.warnings.map(({ field }) => field)).toEqual([
      'batch',
      'worker.shoeSize',
      'worker.name.middle',
      'worker.location.floor',
      'worker.leave.why',
    ]);
    expect(read.event.worker).not.toHaveProperty('shoeSize');
  });

  it.each([[null], ['text'], [5], [[]], [true], [{}]])('that is none is refused with words, and does not break the reading: %o', (raw) => {
    expect(problems(raw).length).toBeGreaterThan(0);
  });

  it('keeps its id when it is refused, so that the sender knows which one it was', () => {
    expect(readEvent({ id: 'evt-7' }, now)).toMatchObject({ is: 'bad', id: 'evt-7' });
    expect(readEvent({ id: 7 }, now)).toMatchObject({ is: 'bad', id: undefined });
  });

  it('never breaks the reading, whatever is sent', () => {
    const anything = fc.anything({ withNullPrototype: true, withBigInt: false });
    fc.assert(fc.property(anything, (raw) => ['good', 'bad'].includes(readEvent(raw, now).is)));
    fc.assert(
      fc.property(fc.record({ id: fc.string(), occurredAt: fc.string(), worker: fc.object() }), (raw) => readEvent(raw, now).is === 'bad'),
    );
  });
});
