import { z } from 'zod';

const run = z.object({
  id: z.string(),
  personId: z.string(),
  displayName: z.string(),
  workflow: z.string(),
  state: z.string(),
  createdAt: z.string(),
  dueAt: z.string(),
  note: z.string().nullable(),
  cause: z.string(),
});
export type RunAnswer = z.infer<typeof run>;
const claim = z.object({ target: z.string(), is: z.string(), claims: z.string(), remains: z.array(z.string()) });
const step = z.object({
  stepId: z.string(),
  state: z.string(),
  attempts: z.number(),
  summary: z.string(),
  gaps: z.number(),
  claim: claim.nullish(),
  changes: z.array(z.object({ target: z.string() })),
});
const fullRun = run.extend({ steps: z.array(step) });
export type FullRunAnswer = z.infer<typeof fullRun>;

const file = z.object({
  batchId: z.string(),
  rows: z.array(
    z.object({
      line: z.number(),
      workerId: z.string().nullable(),
      status: z.enum(['accepted', 'duplicate', 'conflict', 'invalid']),
      problems: z.array(z.object({ field: z.string(), problem: z.string() })).default([]),
    }),
  ),
  ignoredColumns: z.array(z.string()),
  absent: z.object({ count: z.number(), workerIds: z.array(z.string()) }),
});
export type FileAnswer = z.infer<typeof file>;

const account = z.object({
  target: z.string(),
  nativeId: z.string(),
  how: z.string(),
  actual: z.object({ is: z.string(), enabled: z.boolean().optional(), message: z.string().optional() }),
});

/** What the command line reads of the API's answers. */
export const answers = {
  file,
  runs: z.object({ runs: z.array(run) }),
  run: fullRun,
  decided: z.object({
    state: z.string(),
    approvals: z.number().optional(),
    needed: z.number().optional(),
    runs: z.array(z.string()).optional(),
  }),
  permissions: z.object({
    graph: z.array(z.object({ permission: z.string(), for: z.string(), calls: z.array(z.string()) })),
  }),
  validity: z.object({
    isValid: z.boolean(),
    workflows: z.array(z.object({ id: z.string(), mode: z.string() })),
    targets: z.array(z.string()),
    sources: z.array(z.string()),
    problems: z.array(z.object({ file: z.string(), line: z.number(), column: z.number(), path: z.string(), message: z.string() })),
  }),
  person: z.object({
    personId: z.string(),
    displayName: z.string(),
    standing: z.string().optional(),
    endsAt: z.string().nullish(),
    locks: z.array(z.object({ owner: z.string(), reason: z.string(), since: z.string() })).default([]),
    claims: z.array(claim.extend({ at: z.string() })).default([]),
    engagements: z.array(
      z.object({
        source: z.string(),
        workerId: z.string(),
        worker: z.object({ status: z.string(), workerType: z.string(), hireDate: z.string() }),
      }),
    ),
    accounts: z.array(account),
    holdings: z.array(
      z.object({
        target: z.string(),
        object: z.string(),
        kind: z.string(),
        reasons: z.array(z.object({ kind: z.string(), reference: z.string() })),
      }),
    ),
    runs: z.array(z.object({ id: z.string(), workflow: z.string(), state: z.string() })),
  }),
  verdict: z.object({
    isWhole: z.boolean(),
    provenTo: z.object({ anchor: z.number(), at: z.string(), position: z.number() }).nullable(),
    sealed: z.number(),
    notProven: z.number(),
    notSealed: z.number(),
    oldestNotSealedAt: z.string().nullable(),
    erasedValues: z.number(),
    findingCount: z.number(),
    findings: z.array(z.object({ message: z.string() })),
    anchors: z.string(),
  }),
  holds: z.object({
    holds: z.array(
      z.object({
        id: z.string(),
        at: z.string(),
        kind: z.string(),
        code: z.string(),
        message: z.string(),
        reference: z.string(),
        approvals: z.number().default(1),
      }),
    ),
  }),
  deadLetters: z.object({
    deadLetters: z.array(
      z.object({
        queue: z.string(),
        sequence: z.string(),
        enqueuedAt: z.string(),
        deliveries: z.number(),
        reason: z.string().nullable(),
        about: z.string(),
      }),
    ),
  }),
  settled: z.object({ settled: z.number() }),
  erased: z.object({
    personId: z.string(),
    already: z.boolean(),
    rows: z.record(z.string(), z.number()),
    auditValues: z.number(),
    instances: z.number(),
  }),
  byHand: z.object({ accounts: z.array(account) }),
  health: z.object({
    status: z.string(),
    dependencies: z.array(
      z.object({ name: z.string(), state: z.string(), message: z.string().nullable(), lastSuccessAt: z.string().nullable() }),
    ),
  }),
  events: z.object({
    counts: z.record(z.string(), z.number()),
    rejected: z.array(z.object({ receivedAt: z.string(), source: z.string(), reason: z.string() })),
  }),
};
