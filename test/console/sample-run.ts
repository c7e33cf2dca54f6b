import type { RunPageData, StepData } from '../../console/page-data.ts';

const at = (second: number) => `2026-11-21T08:00:${String(second).padStart(2, '0')}.000Z`;
const because = { reference: 'hire:2026-11-21', message: 'Zoe O’Brien starts on 2026-11-21.' };

const adAccount: StepData = {
  stepId: 'ad-account',
  task: 'create-account',
  state: 'done',
  summary: 'account zoe.obrien@contoso.example created',
  attempts: 1,
  gaps: 0,
  claim: null,
  firstAt: at(1),
  lastAt: at(1),
  changes: [
    {
      changeId: 'c1',
      target: 'ad:contoso',
      do: 'create',
      kind: 'account',
      effect: 'create',
      cause: because,
      object: '7a1f3f0e-5a31-4c53-9d0a-0a2f6f1f9a11',
      before: null,
      after: {
        sAMAccountName: 'zoe.obrien',
        displayName: "Zoe O'Brien",
        department: 'Platform',
        initialPassword: { secret: 'initial-password' },
      },
      outcome: { is: 'done', object: '7a1f3f0e-5a31-4c53-9d0a-0a2f6f1f9a11' },
      requestId: null,
      sentAt: at(1),
    },
  ],
};

const licences: StepData = {
  stepId: 'licences',
  task: 'ensure-licences',
  state: 'skipped',
  summary: 'No seat of Microsoft 365 E3 is free: 500 of 500 are taken.',
  attempts: 1,
  gaps: 1,
  claim: null,
  firstAt: at(4),
  lastAt: at(4),
  changes: [],
};

const pass: StepData = {
  stepId: 'pass',
  task: 'issue-pass',
  state: 'done',
  summary: 'pass issued, and told where to see it',
  attempts: 2,
  gaps: 0,
  claim: null,
  firstAt: at(5),
  lastAt: at(7),
  changes: [
    {
      changeId: 'c2',
      target: 'entra:contoso',
      do: 'issue',
      kind: 'pass',
      effect: 'credential',
      cause: because,
      object: 'e1000000-0000-4000-8000-000000030001',
      before: null,
      after: { lifetimeMinutes: 1440, isUsableOnce: true },
      outcome: { is: 'done', object: 'e1000000-0000-4000-8000-000000030001' },
      requestId: '5b0f6a86-52a5-4a57-8a3e-7f2a0c1d9e44',
      sentAt: at(5),
    },
  ],
};

const simple = (stepId: string, task: string, summary: string, second: number): StepData => ({
  stepId,
  task,
  state: 'done',
  summary,
  attempts: 1,
  gaps: 0,
  claim: null,
  firstAt: at(second),
  lastAt: at(second),
  changes: [],
});

/** A run of an invented person that ended with one gap. */
export const sampleRun: RunPageData = {
  id: '0199f1c2-7d30-7a6e-9b1c-2f3a4b5c6d7e',
  personId: '0199f1c2-7d2f-7b11-8c3d-1a2b3c4d5e6f',
  displayName: "Zoe O'Brien",
  workflow: 'joiner-hybrid',
  state: 'done-with-gaps',
  cause: 'event:generic/evt-30001-1',
  attempt: 1,
  dueAt: at(0),
  createdAt: at(0),
  startedAt: at(1),
  endedAt: at(8),
  note: 'licences: No seat of Microsoft 365 E3 is free: 500 of 500 are taken.',
  steps: [
    adAccount,
    simple('synced-account', 'await-synced-account', 'found by its anchor', 3),
    simple('oci-account', 'create-account', 'account zoe.obrien@contoso.example created', 2),
    simple('ad-groups', 'ensure-groups', 'GG-Staff; GG-Platform; GG-Office-LIS', 2),
    licences,
    pass,
  ],
};
