import { describe, expect, it } from 'vitest';
import { standingOf } from '../../../shared/domain/standing/standing-of.ts';
import type { Worker } from '../../../shared/domain/worker.ts';

const calendar = { tenantZone: 'UTC', locations: { TYO: { timeZone: 'Asia/Tokyo' } }, createDaysBefore: 14 };
const now = Date.parse('2027-01-15T12:00:00Z');
const told = Date.parse('2027-01-15T11:00:00Z');

function stands(...workers: readonly Partial<Worker>[]) {
  const employments = workers.map((changes, index) => {
    const worker: Worker = {
      workerId: `w${index}`,
      status: 'active',
      workerType: 'employee',
      name: { given: 'Zoë' },
      hireDate: '2026-12-01',
      timeZone: 'UTC',
      ...changes,
    };
    return { source: 'generic', workerId: worker.workerId, worker, closedAt: told };
  });
  const { standing, endsAt, changesAt, leading } = standingOf(employments, now, calendar);
  const at = (moment: number | null) => (moment === null ? null : new Date(moment).toISOString().slice(0, 16));
  return { standing, endsAt: at(endsAt), changesAt: at(changesAt), leading: leading?.workerId };
}

describe('How somebody stands', () => {
  it.each([
    ['is active without an end', {}, 'active', null],
    ['is coming before the first day', { hireDate: '2027-02-01' }, 'coming', null],
    ['is on leave while HR says so', { status: 'leave' }, 'leave', null],
    [
      'is leaving until the end of the last day in their zone',
      { lastDay: '2027-01-31', timeZone: 'America/New_York' },
      'leaving',
      '2027-02-01T05:00',
    ],
    [
      'is leaving at the earliest end where their zone is not known',
      { lastDay: '2027-01-31', timeZone: null },
      'leaving',
      '2027-01-31T15:00',
    ],
    [
      'keeps access until the last day when terminated ahead',
      { status: 'terminated', lastDay: '2027-01-31' },
      'leaving',
      '2027-02-01T00:00',
    ],
    ['has left when terminated without a date', { status: 'terminated' }, 'left', '2027-01-15T11:00'],
    [
      'has left at once when HR says at once',
      { status: 'terminated', lastDay: '2027-01-31', terminationKind: 'immediate' },
      'left',
      '2027-01-15T11:00',
    ],
    [
      'has left when access has ended before the last day',
      { lastDay: '2027-01-31', accessEnds: '2027-01-15T09:00:00+01:00' },
      'left',
      '2027-01-15T08:00',
    ],
    ['has left after the last day, whatever the status', { lastDay: '2027-01-10' }, 'left', '2027-01-11T00:00'],
    ['does not end by what ended before the hire', { accessEnds: '2026-05-01T00:00:00Z' }, 'active', null],
    ['never came when the hire is rescinded', { status: 'rescinded' }, 'withdrawn', '2027-01-15T11:00'],
    ['never came when the last day is before the first', { lastDay: '2026-11-01' }, 'withdrawn', '2027-01-15T11:00'],
  ] as const)('%s', (_, changes, standing, endsAt) => {
    expect(stands(changes)).toMatchObject({ standing, endsAt });
  });

  it('is by the latest end of several employments, and open while one is', () => {
    expect(stands({ lastDay: '2027-01-31' }, { lastDay: '2027-06-30' })).toMatchObject({ standing: 'leaving', endsAt: '2027-07-01T00:00' });
    expect(stands({ lastDay: '2027-01-31' }, {})).toMatchObject({ standing: 'active', endsAt: null });
  });

  it('goes on when the next employment begins in time, and is led by the one that is under way', () => {
    const next = stands({ workerType: 'contractor', lastDay: '2027-01-31' }, { hireDate: '2027-02-10' });
    expect(next).toEqual({ standing: 'active', endsAt: null, changesAt: '2027-01-27T00:00', leading: 'w0' });
  });

  it('ends in between when the next employment begins much later', () => {
    expect(stands({ lastDay: '2027-01-31' }, { hireDate: '2027-06-01' })).toMatchObject({
      standing: 'leaving',
      endsAt: '2027-02-01T00:00',
    });
    expect(stands({ lastDay: '2027-01-10' }, { hireDate: '2027-06-01' })).toMatchObject({
      standing: 'left',
      changesAt: '2027-05-18T00:00',
    });
    expect(stands({ lastDay: '2026-12-10' }, { hireDate: '2027-01-20' })).toMatchObject({ standing: 'coming', leading: 'w1' });
  });

  it('is nothing without a record', () => {
    expect(stands()).toMatchObject({ standing: 'none', endsAt: null, changesAt: null });
  });
});
