import { describe, expect, it } from 'vitest';
import type { HrEntry, HrRecord } from '../../../scripts/rehearse/hr-record.ts';
import { predict } from '../../../scripts/rehearse/predict.ts';

const ana: HrRecord = {
  workerId: '1',
  status: 'active',
  workerType: 'employee',
  name: { given: 'Ana', family: 'Reis' },
  hireDate: '2027-02-01',
  lastDay: null,
  accessEnds: null,
  terminationKind: null,
  leave: null,
  jobTitle: 'Engineer',
  jobCode: 'ENG2',
  department: 'Platform',
  location: { code: 'TYO', city: 'Tokyo', country: 'JP' },
  managerId: null,
  timeZone: 'Asia/Tokyo',
  personKey: 'P-1',
};
const at = (text: string): number => Date.parse(text);
const told = (when: string, record: HrRecord): HrEntry => ({ at: at(when), human: 'ana', why: '', record });
const hired = told('2027-01-04T10:00:00Z', ana);
const standing = (entries: readonly HrEntry[], when: string): string | undefined =>
  predict(entries, at(when), { isFromBefore: false })?.standing;

describe('the model that a rehearsal is judged by', () => {
  it('sets somebody up two weeks before the first day, and lets them in when it begins in their zone', () => {
    expect(standing([hired], '2027-01-17T14:59:59Z')).toBe('nobody');
    expect(standing([hired], '2027-01-17T15:00:00Z')).toBe('coming');
    expect(standing([hired], '2027-01-31T14:59:59Z')).toBe('coming');
    expect(standing([hired], '2027-01-31T15:00:00Z')).toBe('there');
  });

  it('ends access with the last day in the zone, at the instant that HR names, or at once', () => {
    const leaving = told('2027-03-01T10:00:00Z', { ...ana, lastDay: '2027-03-05' });
    expect(standing([hired, leaving], '2027-03-05T14:59:59Z')).toBe('there');
    expect(standing([hired, leaving], '2027-03-05T15:00:00Z')).toBe('left');
    const cut = told('2027-03-01T10:00:00Z', { ...ana, lastDay: '2027-03-05', accessEnds: '2027-03-02T12:00:00Z' });
    expect(standing([hired, cut], '2027-03-02T12:00:00Z')).toBe('left');
    const out = told('2027-03-01T10:00:00Z', { ...ana, status: 'terminated', lastDay: '2027-03-05', terminationKind: 'immediate' });
    expect(standing([hired, out], '2027-03-01T10:00:00Z')).toBe('left');
  });

  it('keeps what only a former role gave for seven days of the person’s calendar', () => {
    const moved = told('2027-03-01T10:00:00Z', { ...ana, department: 'Sales', jobCode: 'SAL1' });
    const during = predict([hired, moved], at('2027-03-07T14:59:59Z'), { isFromBefore: false })?.access;
    const after = predict([hired, moved], at('2027-03-07T15:00:00Z'), { isFromBefore: false })?.access;
    expect(during).toContain('ad GG-Platform');
    expect(during).toContain('ad GG-Sales');
    expect(after).not.toContain('ad GG-Platform');
    expect(after).toContain('ad GG-Sales');
  });

  it('takes a hire that is withdrawn, and a last day before the first, for somebody who never came', () => {
    expect(standing([hired, told('2027-01-20T10:00:00Z', { ...ana, status: 'rescinded' })], '2027-02-10T00:00:00Z')).toBe('withdrawn');
    expect(standing([hired, told('2027-02-02T10:00:00Z', { ...ana, lastDay: '2027-01-31' })], '2027-02-10T00:00:00Z')).toBe('withdrawn');
  });

  it('does not take for a leaver who goes on under another worker id the next day', () => {
    const ends = told('2027-03-01T10:00:00Z', { ...ana, lastDay: '2027-03-07' });
    const goesOn = told('2027-03-01T10:00:00Z', { ...ana, workerId: '2', workerType: 'contractor', hireDate: '2027-03-08' });
    const prediction = predict([hired, ends, goesOn], at('2027-03-10T00:00:00Z'), { isFromBefore: false });
    expect(prediction).toMatchObject({ standing: 'there', isBack: false, record: { workerId: '2' } });
    expect(prediction?.access).toContain('ad GG-Platform');
  });

  it('gives who comes back the access of the new role only', () => {
    const left = told('2027-03-01T10:00:00Z', { ...ana, lastDay: '2027-03-02' });
    const back = told('2027-04-01T10:00:00Z', { ...ana, hireDate: '2027-04-05', department: 'Sales', jobCode: 'SAL1' });
    const prediction = predict([hired, left, back], at('2027-04-06T00:00:00Z'), { isFromBefore: false });
    expect(prediction).toMatchObject({ standing: 'there', isBack: true });
    expect(prediction?.access).not.toContain('ad GG-Platform');
  });
});
