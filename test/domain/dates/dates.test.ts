import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFrom } from '../../../shared/domain/dates/create-from.ts';
import { dateIn } from '../../../shared/domain/dates/date-in.ts';
import { daysAfter } from '../../../shared/domain/dates/days-after.ts';
import { daysBefore } from '../../../shared/domain/dates/days-before.ts';
import { endOfDay } from '../../../shared/domain/dates/end-of-day.ts';
import { isTimeZone } from '../../../shared/domain/dates/is-time-zone.ts';
import { lastDayEnds } from '../../../shared/domain/dates/last-day-ends.ts';
import { personZone } from '../../../shared/domain/dates/person-zone.ts';
import { startOfDay } from '../../../shared/domain/dates/start-of-day.ts';

const zones = [
  'Europe/Lisbon',
  'Europe/London',
  'America/New_York',
  'Asia/Tokyo',
  'America/Sao_Paulo',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'UTC',
];
const locations = { LIS: { timeZone: 'Europe/Lisbon' }, TYO: { timeZone: 'Asia/Tokyo' }, NYC: { timeZone: 'America/New_York' } };
const someZone = fc.constantFrom(...zones);
const someDate = fc
  .date({ min: new Date('1995-01-01'), max: new Date('2060-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const iso = (at: number) => new Date(at).toISOString();

describe('the start of a day', () => {
  it('is midnight in the zone, so it differs from zone to zone', () => {
    expect(iso(startOfDay('2026-12-01', 'Asia/Tokyo'))).toBe('2026-11-30T15:00:00.000Z');
    expect(iso(startOfDay('2026-12-01', 'America/New_York'))).toBe('2026-12-01T05:00:00.000Z');
  });

  it('is the first instant that exists where a daylight saving change skips midnight', () => {
    expect(iso(startOfDay('2024-04-26', 'Africa/Cairo'))).toBe('2024-04-25T22:00:00.000Z');
    expect(dateIn(startOfDay('2024-04-26', 'Africa/Cairo'), 'Africa/Cairo')).toBe('2024-04-26');
    expect(dateIn(startOfDay('2024-04-26', 'Africa/Cairo') - 1, 'Africa/Cairo')).toBe('2024-04-25');
  });

  it('refuses a date that there is not', () => {
    expect(() => startOfDay('2026-02-30', 'UTC')).toThrow(RangeError);
  });

  it('belongs to its date, and the instant before it to another, on every date and in every zone', () => {
    fc.assert(
      fc.property(someDate, someZone, (date, zone) => {
        const start = startOfDay(date, zone);
        expect(dateIn(start, zone)).toBe(date);
        expect(dateIn(start - 1, zone)).not.toBe(date);
      }),
    );
  });

  it('comes when the day before has ended, whatever the clocks do', () => {
    fc.assert(
      fc.property(someDate, someZone, (date, zone) => {
        expect(endOfDay(daysBefore(date, 1), zone)).toBe(startOfDay(date, zone));
      }),
    );
  });
});

describe('counting days', () => {
  it('undoes itself', () => {
    fc.assert(
      fc.property(someDate, fc.integer({ min: -400, max: 400 }), (date, days) => {
        expect(daysBefore(daysAfter(date, days), days)).toBe(date);
      }),
    );
  });

  it('gives 14 calendar days of notice across a daylight saving change', () => {
    expect(iso(createFrom('2026-04-05', 14, 'Europe/Lisbon'))).toBe('2026-03-22T00:00:00.000Z');
    expect(iso(createFrom('2026-04-12', 14, 'Europe/Lisbon'))).toBe('2026-03-29T00:00:00.000Z');
    expect(iso(createFrom('2026-04-13', 14, 'Europe/Lisbon'))).toBe('2026-03-29T23:00:00.000Z');
  });
});

describe("a person's zone", () => {
  it('is their own where they have one', () => {
    expect(personZone({ timeZone: 'Asia/Tokyo', location: { code: 'LIS' } }, locations, 'UTC')).toEqual({
      zone: 'Asia/Tokyo',
      known: true,
    });
  });

  it("is their location's otherwise, however the code is written", () => {
    expect(personZone({ timeZone: null, location: { code: 'lis' } }, locations, 'UTC')).toEqual({ zone: 'Europe/Lisbon', known: true });
  });

  it("is the tenant's, and flagged, where neither is known or the zone does not exist", () => {
    expect(personZone({ timeZone: 'Mars/Olympus', location: { code: 'XXX' } }, locations, 'Europe/Berlin')).toEqual({
      zone: 'Europe/Berlin',
      known: false,
    });
    expect(personZone({}, locations, 'Europe/Berlin')).toEqual({ zone: 'Europe/Berlin', known: false });
  });

  it('is never a bare offset, which knows no daylight saving', () => {
    expect(isTimeZone('+01:00')).toBe(false);
    expect(isTimeZone('Europe/Lisbon')).toBe(true);
    expect(isTimeZone('')).toBe(false);
  });
});

describe('the cut-off of a last day', () => {
  it("is its end in the person's zone", () => {
    expect(iso(lastDayEnds('2026-06-30', { zone: 'America/New_York', known: true }, locations))).toBe('2026-07-01T04:00:00.000Z');
  });

  it('is the earliest end anywhere in the company where the zone is not known', () => {
    expect(iso(lastDayEnds('2026-06-30', { zone: 'Europe/Lisbon', known: false }, locations))).toBe('2026-06-30T15:00:00.000Z');
  });
});
