import { describe, expect, it } from 'vitest';
import { bambooFields } from '../../../shared/config/default-fields.ts';
import { workerFromRecord } from '../../../shared/domain/records/worker-from-record.ts';

const record = {
  id: '17',
  status: 'Active',
  employmentHistoryStatus: 'Full-Time',
  firstName: 'Mara',
  lastName: 'Lindqvist',
  preferredName: null,
  hireDate: '2026-12-01',
  terminationDate: null,
  homeEmail: 'mara@example.net',
  jobTitle: 'Engineer',
  location: 'LIS',
  supervisorEId: '4',
};
const read = (changes: Readonly<Record<string, string | null | undefined>> = {}) => {
  const given: Readonly<Record<string, string | null | undefined>> = { ...record, ...changes };
  return workerFromRecord({ ...bambooFields, workerId: [{ field: 'id' }] }, (field) => given[field]);
};

describe('A record of BambooHR as a worker', () => {
  it('has the facts where BambooHR has them; what is empty is cleared, and what is not there is left out', () => {
    expect(read()).toEqual({
      is: 'worker',
      assumed: [],
      worker: {
        workerId: '17',
        status: 'active',
        workerType: 'employee',
        name: { given: 'Mara', family: 'Lindqvist', preferred: null },
        hireDate: '2026-12-01',
        lastDay: null,
        personalEmail: 'mara@example.net',
        jobTitle: 'Engineer',
        location: { code: 'LIS' },
        managerId: '4',
      },
    });
  });

  it('has left when it is inactive, is on leave when the employment status says so, and else is active', () => {
    const statusOf = (changes: object) => {
      const found = read({ ...changes });
      return found.is === 'worker' ? found.worker.status : found.problems;
    };
    expect(statusOf({ status: 'Inactive', terminationDate: '2026-11-20', employmentHistoryStatus: 'Terminated' })).toBe('terminated');
    expect(statusOf({ employmentHistoryStatus: 'Leave of Absence' })).toBe('leave');
    expect(statusOf({ status: 'Inactive', employmentHistoryStatus: 'Leave of Absence' })).toBe('terminated');
    expect(statusOf({ status: 'active' })).toBe('active');
  });

  it('does not tell what kind of worker somebody was who has left: that is only assumed', () => {
    expect(read({ status: 'Inactive', employmentHistoryStatus: 'Terminated' })).toMatchObject({ is: 'worker', assumed: ['workerType'] });
    expect(read({ employmentHistoryStatus: 'Contractor' })).toMatchObject({ assumed: [], worker: { workerType: 'contractor' } });
  });

  it('takes the original hire date where there is no other', () => {
    expect(read({ hireDate: null, originalHireDate: '2020-01-01' })).toMatchObject({ worker: { hireDate: '2020-01-01' } });
  });

  it('names every field that is missing or not understood, by BambooHR’s own names, and the values that are known', () => {
    const found = read({ status: 'On hold', employmentHistoryStatus: 'Freelance', firstName: '', hireDate: '01.12.2026' });
    expect(found).toMatchObject({ is: 'bad' });
    expect(found.is === 'bad' ? found.problems : []).toEqual([
      { field: 'status', problem: 'is “On hold”, which is not known: known are Inactive, Active' },
      { field: 'employmentHistoryStatus', problem: expect.stringMatching(/^is “Freelance”, which is not known: known are Full-Time/) },
      { field: 'firstName', problem: 'is required and is empty' },
      { field: 'hireDate or originalHireDate', problem: 'is “01.12.2026”, and must be a calendar date such as 2026-12-01' },
    ]);
  });

  it('refuses text that no database keeps', () => {
    expect(read({ jobTitle: 'a\0b' })).toEqual({
      is: 'bad',
      problems: [{ field: 'jobTitle', problem: expect.stringContaining('is no text') }],
    });
  });
});
