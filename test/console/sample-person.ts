import type { PersonPageData } from '../../console/page-data.ts';
import { sampleRun } from './sample-run.ts';

const group = (name: string, object: string) => ({ name, kind: 'group', object, rules: ['platform-files@1'] });

/** An invented person: one account that is not as expected, one that cannot be read, one that is gone. */
export const samplePerson: PersonPageData = {
  personId: sampleRun.personId,
  displayName: "Zoe O'Brien",
  baseline: false,
  engagements: [
    {
      source: 'generic',
      workerId: '30001',
      worker: {
        workerId: '30001',
        status: 'active',
        workerType: 'employee',
        name: { given: 'Zoë', family: "O'Brien" },
        hireDate: '2026-11-21',
        department: 'Platform',
      },
    },
  ],
  accounts: [
    {
      target: 'ad:contoso',
      nativeId: '7a1f3f0e-5a31-4c53-9d0a-0a2f6f1f9a11',
      how: 'created',
      expected: {
        attributes: { department: 'Platform', title: 'Engineer', telephoneNumber: null },
        entitlements: [group('GG-Staff', 'd1'), group('GG-Platform', 'd2')],
      },
      actual: { is: 'seen', enabled: true, attributes: { department: 'Sales', title: 'Engineer' }, groups: ['d1'] },
    },
    {
      target: 'entra:contoso',
      nativeId: 'e1',
      how: 'synced',
      expected: { attributes: {}, entitlements: [] },
      actual: { is: 'unreadable', message: 'The token endpoint does not answer.' },
    },
    { target: 'oci:contoso', nativeId: 'b2', how: 'created', expected: { attributes: {}, entitlements: [] }, actual: { is: 'missing' } },
  ],
  holdings: [{ target: 'ad:contoso', object: 'd1', kind: 'group', reasons: [{ kind: 'rule', reference: 'employees@1' }] }],
  runs: [sampleRun],
};
