import { z } from 'zod';
import { callJson, CallRefused } from './call-json.ts';

const runState = z.enum([
  'pending',
  'planned',
  'starting',
  'active',
  'held',
  'done',
  'done-with-gaps',
  'failed',
  'superseded',
  'cancelled',
  'unknown',
]);
const runRow = z.object({
  id: z.string(),
  personId: z.string(),
  workflow: z.string(),
  state: runState,
  dueAt: z.string(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  note: z.string().nullable(),
  askedBy: z.string(),
});
const claim = z.object({ target: z.string(), claims: z.string(), remains: z.array(z.string()) });
const step = z.object({
  stepId: z.string(),
  task: z.string(),
  state: z.string(),
  summary: z.string(),
  gaps: z.number(),
  lastAt: z.string().nullable(),
  claim: claim.nullable(),
  changes: z.array(z.object({ do: z.string(), outcome: z.object({ is: z.string() }).nullable() })),
});
const run = runRow.extend({ steps: z.array(step) });
const person = z.object({
  personId: z.string(),
  holdings: z.array(z.object({ reasons: z.array(z.object({ kind: z.string(), until: z.number().nullable() })) })),
});
const hold = z.object({
  id: z.string(),
  kind: z.string(),
  reference: z.string(),
  personId: z.string().nullable(),
  message: z.string(),
  approvals: z.number(),
});
const sweep = z.object({
  id: z.string(),
  endedAt: z.string().nullable(),
  looked: z.number(),
  found: z.number(),
  repaired: z.number(),
  raised: z.number(),
});
const health = z.object({
  status: z.string(),
  baseline: z.boolean(),
  dependencies: z.array(z.object({ name: z.string(), state: z.string(), message: z.string().nullable() })),
});

/** Answers of the product's API, as far as they are printed. Times are RFC 3339 text. */
export type RunRow = z.infer<typeof runRow>;
export type RunSteps = z.infer<typeof run>;
export type StepOfRun = z.infer<typeof step>;
export type Health = z.infer<typeof health>;
export type Hold = z.infer<typeof hold>;
export type Sweep = z.infer<typeof sweep>;
type Holding = z.infer<typeof person>['holdings'][number];
/** What is decided about a hold: whose token, and why. */
export type Decision = { readonly token: string; readonly reason: string };

/** The product's API as an operator sees it. */
export type GatehouseApi = {
  readonly health: () => Promise<Health>;
  /** The person's newest runs; undefined as long as nobody is known by the key. */
  readonly runsOf: (key: string) => Promise<readonly RunRow[] | undefined>;
  readonly run: (id: string) => Promise<RunSteps>;
  readonly holdings: (personId: string) => Promise<readonly Holding[]>;
  /** What waits for people to decide. */
  readonly holds: () => Promise<readonly Hold[]>;
  /** Answers the state of the hold: `resumed`, `cancelled`, or `waiting` for others to agree. */
  readonly decide: (holdId: string, how: 'resume' | 'cancel', decision: Decision) => Promise<string>;
  /** How many events wait to be worked on. */
  readonly eventsReceived: () => Promise<number>;
  /** Has everybody who has left looked at now; answers the sweep's id. */
  readonly sweep: () => Promise<string>;
  readonly lastSweep: () => Promise<Sweep | null>;
};

/** Speaks to the product at its address, with the token that `token` gives. */
export function gatehouseApi(url: string, token: () => string): GatehouseApi {
  const get = <Out>(path: string, answer: z.ZodType<Out>) => callJson({ url: `${url}${path}`, answer, token: token() });
  return {
    health: () => get('/api/health', health),
    runsOf: async (key) => {
      try {
        return (await get(`/api/runs?person=${encodeURIComponent(key)}&limit=20`, z.object({ runs: z.array(runRow) }))).runs;
      } catch (error) {
        if (error instanceof CallRefused && error.status === 404) return undefined;
        throw error;
      }
    },
    run: (id) => get(`/api/runs/${encodeURIComponent(id)}`, run),
    holdings: async (personId) => (await get(`/api/people/${encodeURIComponent(personId)}`, person)).holdings,
    holds: async () => (await get('/api/holds', z.object({ holds: z.array(hold) }))).holds,
    decide: async (holdId, how, { token: own, reason }) => {
      const path = `${url}/api/holds/${encodeURIComponent(holdId)}/${how}`;
      return (await callJson({ url: path, answer: z.object({ state: z.string() }), method: 'POST', body: { reason }, token: own })).state;
    },
    eventsReceived: async () => (await get('/api/events', z.object({ counts: z.object({ received: z.number() }) }))).counts.received,
    sweep: async () =>
      (await callJson({ url: `${url}/api/sweep`, answer: z.object({ sweepId: z.string() }), method: 'POST', token: token() })).sweepId,
    lastSweep: async () => (await get('/api/sweep', z.object({ sweep: sweep.nullable() }))).sweep,
  };
}
