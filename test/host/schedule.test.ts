import { describe, expect, it } from 'vitest';
import { HostError } from '../../host/host-error.ts';
import { startSchedule } from '../../host/timers/schedule-status.ts';
import { parseSchedule } from '../../host/timers/schedule.ts';

const NOW = Date.parse('2026-01-01T12:30:00Z');
const parse = (expression: string, timeZone = 'UTC'): ReturnType<typeof parseSchedule> =>
  parseSchedule(expression, { functionName: 'f', timeZone, from: NOW });

/** The next occurrences after a time, as times in UTC without seconds. */
function next(expression: string, after: string, count: number, timeZone = 'UTC'): readonly string[] {
  const schedule = parse(expression, timeZone);
  const found: string[] = [];
  for (let at = Date.parse(after); found.length < count;) {
    at = schedule.next(at);
    found.push(new Date(at).toISOString().replace(':00.000Z', ''));
  }
  return found;
}

describe('A schedule', () => {
  it.each([
    ['*/30 * * * * *', ['2026-01-01T12:30:30.000Z', '2026-01-01T12:31']],
    ['0 5/20 * * * *', ['2026-01-01T12:45', '2026-01-01T13:05']],
    ['0 0 9 * * MON-FRI', ['2026-01-02T09:00', '2026-01-05T09:00']],
    ['0 0 9 * january,MARCH Sunday', ['2026-01-04T09:00', '2026-01-11T09:00']],
    ['0 30 9-11,15 * * *', ['2026-01-01T15:30', '2026-01-02T09:30']],
    ['0 0 0 29 2 *', ['2028-02-29T00:00', '2032-02-29T00:00']],
  ])('is NCRONTAB with seconds: %s', (expression, expected) => {
    expect(next(expression, '2026-01-01T12:30:00Z', 2)).toEqual(expected);
  });

  it('is due where day and day of week both match, unlike cron', () => {
    expect(next('0 0 9 1 * MON', '2026-01-01T12:30:00Z', 2)).toEqual(['2026-06-01T09:00', '2027-02-01T09:00']);
  });

  it('may have five fields, without seconds', () => {
    expect(next('*/5 * * * *', '2026-01-01T12:31:07Z', 2)).toEqual(['2026-01-01T12:35', '2026-01-01T12:40']);
  });

  it('may be a time span, counted from one run to the next', () => {
    expect(next('01:30:00', '2026-01-01T12:31:00Z', 2)).toEqual(['2026-01-01T14:01', '2026-01-01T15:31']);
    expect(next('1.00:00:00', '2026-01-01T12:31:00Z', 1)).toEqual(['2026-01-02T12:31']);
    expect([parse('00:00:30').isMonitored, parse('00:01:00').isMonitored]).toEqual([false, true]);
  });

  it('is monitored only where runs are a minute apart or more', () => {
    expect([parse('* * * * * *').isMonitored, parse('0,30 0 0 * * *').isMonitored, parse('0 * * * * *').isMonitored]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it.each([
    ['0 0 9 L * *', '"L" is no field of NCRONTAB'],
    ['@daily', 'it has 1 fields'],
    ['0 0 9 * * 7', 'days of the week are 0 to 6, from Sunday'],
    ['0 0 9 * * MON#2', '"MON#2" is no field of NCRONTAB'],
    ['0 0 25 * * *', ''],
    ['0 0 0 30 2 *', 'it is never due'],
    ['0 0 9 * * * 2027', 'it has 7 fields'],
    ['', 'it has 1 fields'],
    ['00:61:00', 'it has 1 fields'],
  ])('is refused where Azure does not take it: %s', (expression, reason) => {
    const message = (): unknown => parse(expression);
    expect(message).toThrow(HostError);
    expect(message).toThrow(`Function "f": the schedule "${expression}" is not understood (${reason}`);
  });

  describe('on the clock of a zone', () => {
    const zone = 'Europe/Berlin';

    it('is due at the end of the hour that daylight saving time skips, once', () => {
      expect(next('0 30 2 * * *', '2026-03-28T12:00:00Z', 2, zone)).toEqual(['2026-03-29T01:00', '2026-03-30T00:30']);
      expect(next('0 */30 * * * *', '2026-03-29T00:10:00Z', 3, zone)).toEqual(['2026-03-29T00:30', '2026-03-29T01:00', '2026-03-29T01:30']);
    });

    it('is due once in the hour that it repeats, and every hour where it is due every hour', () => {
      expect(next('0 30 2 * * *', '2026-10-24T12:00:00Z', 2, zone)).toEqual(['2026-10-25T00:30', '2026-10-26T01:30']);
      expect(next('0 0 * * * *', '2026-10-24T23:30:00Z', 3, zone)).toEqual(['2026-10-25T00:00', '2026-10-25T01:00', '2026-10-25T02:00']);
    });
  });
});

describe('At a start, a schedule', () => {
  const hourly = parse('0 0 * * * *');
  const at = (time: string): number => Date.parse(`2026-01-01T${time}Z`);

  it('begins where nothing is known of it', () => {
    const status = { lastAt: undefined, nextAt: at('13:00:00'), updatedAt: at('12:30:00') };
    expect(startSchedule(hourly, undefined, at('12:30:00'))).toEqual({ status, isPastDue: false });
  });

  it('is past due where the planned time has gone by, whether it ever ran or not', () => {
    const ran = { lastAt: at('11:00:00'), nextAt: at('12:00:00'), updatedAt: at('11:00:00') };
    expect(startSchedule(hourly, ran, at('12:00:01'))).toEqual({ status: ran, isPastDue: true });
    expect(startSchedule(hourly, ran, at('11:59:59'))).toEqual({ status: ran, isPastDue: false });
    const never = { lastAt: undefined, nextAt: at('12:00:00'), updatedAt: at('11:10:00') };
    expect(startSchedule(hourly, never, at('14:00:00')).isPastDue).toBe(true);
  });

  it('begins anew where it was changed, and is not past due for the old times', () => {
    const old = { lastAt: at('10:15:00'), nextAt: at('10:20:00'), updatedAt: at('10:15:00') };
    expect(startSchedule(hourly, old, at('12:30:00'))).toEqual({
      status: { lastAt: undefined, nextAt: at('13:00:00'), updatedAt: at('12:30:00') },
      isPastDue: false,
    });
  });
});
