import { describe, expect, it } from 'vitest';
import { compileExpression } from '../../shared/mapping/compile-expression.ts';
import { evaluate } from '../../shared/mapping/evaluate-expression.ts';

const now = Date.parse('2026-06-15T22:30:00Z');

function valueOf(text: string, attributes: Readonly<Record<string, string>> = {}, zone = 'UTC'): unknown {
  const result = evaluate(compileExpression(text), { attributes: (name) => attributes[name] ?? null, now, zone });
  return result.is === 'value' ? result.value : result.is;
}

describe('dates in expressions', () => {
  it.each([
    ['Now is the instant it is given, in UTC', 'Now()', '6/15/2026 10:30:00 PM'],
    ['CDate reads a calendar date', 'CDate("2026-03-01")', '3/1/2026 12:00:00 AM'],
    ['CDate turns an offset into UTC', 'CDate("2026-03-01+09:00")', '2/28/2026 3:00:00 PM'],
    ['CDate reads an instant', 'CDate("2026-03-01T23:59:59.5Z")', '3/1/2026 11:59:59 PM'],
    ['CDate reads what it writes', 'CDate(CStr(CDate("2026-03-01T13:05:09Z")))', '3/1/2026 1:05:09 PM'],
    ['DateAdd takes a count in quotation marks', 'DateAdd("d", "-1", CDate("2026-03-01"))', '2/28/2026 12:00:00 AM'],
    ['DateAdd stays in the month', 'DateAdd("m", 1, CDate("2026-01-31"))', '2/28/2026 12:00:00 AM'],
    ['DateAdd adds hours', 'DateAdd("h", 25, CDate("2026-01-31"))', '2/1/2026 1:00:00 AM'],
    ['DateFromNum reads a FILETIME', 'DateFromNum(133801632000000000)', '1/1/2025 12:00:00 AM'],
    ['NumFromDate writes a FILETIME', 'NumFromDate("2025-01-01T00:00:00Z")', '133801632000000000'],
    ['NumFromDate and DateFromNum undo each other', 'DateFromNum(NumFromDate(CDate("1999-12-31T23:59:59Z")))', '12/31/1999 11:59:59 PM'],
  ])('%s', (_, text, expected) => {
    expect(valueOf(text)).toBe(expected);
  });

  it.each([
    ['d', '2026-03-01T23:59:00Z', '2026-03-02T00:01:00Z', 1],
    ['d', '2026-03-02', '2026-03-01', -1],
    ['ww', '2026-03-07', '2026-03-08', 1],
    ['ww', '2026-03-08', '2026-03-14', 0],
    ['m', '2026-01-31', '2026-02-01', 1],
    ['yyyy', '2026-12-31', '2027-01-01', 1],
    ['h', '2026-03-01T00:00:00Z', '2026-03-01T01:59:59Z', 1],
    ['n', '2026-03-01T00:00:30Z', '2026-03-01T00:00:00Z', 0],
    ['s', '2026-03-01T00:00:00Z', '2026-03-01T00:01:00Z', 60],
  ])('DateDiff in %s from %s to %s is %d', (interval, from, to, expected) => {
    expect(valueOf(`DateDiff("${interval}", CDate([from]), CDate([to]))`, { from, to })).toBe(expected);
  });

  it('say when an account in a directory ends: when the last day is over, and never where there is none', () => {
    const ends = `IIF(IsPresent([lastDay]), FormatDateTime(DateAdd("d", 1, CDate([lastDay])), , , "yyyy-MM-dd'T'HH:mm:ss'Z'"), "")`;
    expect(valueOf(ends, { lastDay: '2026-12-31' })).toBe('2027-01-01T00:00:00Z');
    expect(valueOf(ends)).toBe('');
  });

  it('DateDiff counts days by the calendar of the zone, so that a last day is over when it is over there', () => {
    const days = 'DateDiff("d", Now(), CDate([last]))';
    expect(valueOf(days, { last: '2026-06-15' }, 'America/New_York')).toBe(0);
    expect(valueOf(days, { last: '2026-06-15' }, 'Asia/Tokyo')).toBe(-1);
  });

  it.each([
    ['another order of the parts', '"01.02.2026"', '"dd.MM.yyyy"', 'yyyy-MM-dd', '2026-02-01'],
    ['one or two digits', '"3/9/2026 04:05:06 PM"', '"M/d/yyyy hh:mm:ss tt"', "yyyyMMdd'T'HHmmss", '20260309T160506'],
    ['names of months and days', '"5 March 2026"', '"d MMMM yyyy"', 'ddd, dd MMM yyyy', 'Thu, 05 Mar 2026'],
    ['fractions and literals', '"20260309102030.7Z"', '"yyyyMMddHHmmss.fZ"', String.raw`HH\hmm ss.fff`, '10h20 30.700'],
    ['the wall clock as it was written, with its offset', '"2026-12-31-08:00"', '"yyyy-MM-ddzzz"', 'yyyy-MM-dd zzz', '2026-12-31 -08:00'],
    ['no format for ISO 8601', '"2026-12-31T10:00:00+01:00"', '', 'H:mm K', '10:00 +01:00'],
  ])('FormatDateTime reads and writes %s', (...row) => {
    const [, source, input, output, expected] = row;
    expect(valueOf(`FormatDateTime(${source}, , ${input}, ${JSON.stringify(output)})`)).toBe(expected);
  });

  it('are left null where the source is', () => {
    expect(valueOf('FormatDateTime([x], , "yyyy-MM-dd", "yyyy")')).toBeNull();
  });

  it.each([
    ['a day that there is not', 'CDate("2026-02-30")', 'is not a date'],
    ['an hour that there is not', 'CDate("1/1/2026 13:00:00 PM")', 'is not a date'],
    ['text that does not follow the format', 'FormatDateTime("2026", , "yyyy-MM-dd", "yyyy")', 'is not a date of the form yyyy-MM-dd'],
    ['a format that is not supported', 'FormatDateTime("2026-01-01", , , "yyyyyyy")', 'is not a format'],
    ['an interval that there is not', 'DateAdd("q", 1, Now())', '"q" is no interval'],
    ['a FILETIME that is no number', 'DateFromNum("x")', '100-nanosecond'],
  ])('refuse %s', (_, text, message) => {
    expect(() => valueOf(text)).toThrow(message);
  });
});
