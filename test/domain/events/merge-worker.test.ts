import { describe, expect, it } from 'vitest';
import { mergeWorker } from '../../../shared/domain/merge-worker.ts';
import type { Worker } from '../../../shared/domain/worker.ts';

const known: Worker = {
  workerId: '1',
  status: 'active',
  workerType: 'employee',
  name: { given: 'Zoë', family: "O'Brien", preferred: 'Zoe' },
  hireDate: '2026-12-01',
  phone: '+351',
  location: { code: 'LIS', city: 'Lisbon' },
  custom: { a: 1, b: 2 },
};
const told: Worker = { workerId: '1', status: 'leave', workerType: 'employee', name: { given: 'Zoë' }, hireDate: '2026-12-01' };

describe('A worker record after an event', () => {
  it('is what was told where nothing was known', () => {
    expect(mergeWorker(undefined, told)).toEqual(told);
  });

  it('keeps what was not mentioned', () => {
    expect(mergeWorker(known, told)).toMatchObject({ phone: '+351', location: { code: 'LIS', city: 'Lisbon' }, status: 'leave' });
  });

  it('replaces name and location whole: a new name has no part of the old one', () => {
    expect(mergeWorker(known, { ...told, location: { code: 'LON' } })).toMatchObject({ name: { given: 'Zoë' }, location: { code: 'LON' } });
    expect(mergeWorker(known, told).name).toEqual({ given: 'Zoë' });
  });

  it('clears what is given as null or empty', () => {
    expect(mergeWorker(known, { ...told, phone: '', location: null })).toMatchObject({ phone: null, location: null });
  });

  it('changes custom fields one by one', () => {
    expect(mergeWorker(known, { ...told, custom: { b: null, c: true } }).custom).toEqual({ a: 1, b: null, c: true });
    expect(mergeWorker(known, { ...told, custom: null }).custom).toEqual({ a: 1, b: 2 });
  });

  it('is the same when the same is told again', () => {
    const once = mergeWorker(known, told);
    expect(mergeWorker(once, told)).toEqual(once);
  });
});
