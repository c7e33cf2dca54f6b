const run = {
  id: 'run-2',
  personId: 'person-1',
  displayName: "Zoe O'Brien",
  workflow: 'joiner-hybrid',
  definitionHash: '4eac73ea',
  lane: 'work',
  epoch: 2,
  state: 'done-with-gaps',
  attempt: 1,
  cause: 'db83566b',
  createdAt: '2026-11-21T04:42:25.600Z',
  dueAt: '2026-11-21T04:42:25.600Z',
  startedAt: '2026-11-21T04:42:25.627Z',
  endedAt: '2026-11-21T04:42:30.636Z',
  note: 'licences: No seat of Microsoft 365 E3 is left.',
};
const step = { task: 'create-account', firstAt: run.createdAt, lastAt: run.endedAt, changes: [] };

/** Answers in the shapes of docs/api.md. */
export const sample = {
  runs: { runs: [run, { ...run, id: 'run-1', displayName: '葵 山本', state: 'planned', note: null }] },
  run: {
    ...run,
    steps: [
      { ...step, stepId: 'ad-account', state: 'done', attempts: 3, gaps: 0, summary: 'account zoe.obrien@contoso.example created' },
      { ...step, stepId: 'licences', state: 'skipped', attempts: 1, gaps: 1, summary: 'No seat of Microsoft 365 E3 is left.' },
    ],
  },
  person: {
    personId: 'person-1',
    displayName: "Zoe O'Brien",
    baseline: false,
    engagements: [
      {
        source: 'generic',
        workerId: '10142',
        worker: { workerId: '10142', status: 'active', workerType: 'employee', hireDate: '2026-11-21', name: { given: 'Zoë' } },
      },
    ],
    accounts: [
      {
        target: 'ad:contoso',
        nativeId: 'cfa88b13',
        how: 'created',
        expected: { attributes: {}, entitlements: [] },
        actual: { is: 'seen', enabled: true, attributes: {}, groups: [] },
      },
      {
        target: 'entra:contoso',
        nativeId: '49c845e7',
        how: 'synced',
        expected: { attributes: {}, entitlements: [] },
        actual: { is: 'seen', enabled: false, attributes: {}, groups: [] },
      },
      {
        target: 'oci:contoso',
        nativeId: '6458f155',
        how: 'adopted',
        expected: { attributes: {}, entitlements: [] },
        actual: { is: 'unreadable', message: 'OCI IAM did not answer in time.' },
      },
    ],
    holdings: [
      {
        target: 'ad:contoso',
        object: 'd1000000',
        kind: 'group',
        reasons: [
          { kind: 'rule', reference: 'employees@4869dab8' },
          { kind: 'observed', reference: 'baseline' },
        ],
      },
    ],
    runs: [{ ...run, createdAt: 1795236145600, dueAt: 1795236145600, startedAt: null, endedAt: null }],
  },
  holds: {
    holds: [
      {
        id: 'hold-1',
        at: '2026-11-21T04:42:26.000Z',
        kind: 'run',
        reference: 'run-2',
        personId: 'person-1',
        code: 'brake',
        message: 'The brake on “create” in ad:contoso is at its limit.',
      },
    ],
  },
  events: {
    counts: { received: 1, folded: 12, stale: 0, held: 0, rejected: 0 },
    rejected: [
      {
        id: '1',
        source: 'generic',
        receivedAt: '2026-11-21T04:42:26.609Z',
        reason: 'occurredAt is required; worker is required',
        excerpt: '{"id":"e1"}',
      },
    ],
  },
} as const;
