import { z } from 'zod';
import { callJson, CallRefused } from './call-json.ts';

const runState = z.enum([
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
  workflow: z.string(),
  state: runState,
  dueAt: z.string(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  note: z.string().nullable(),
});
const step = z.object({
  stepId: z.string(),
  task: z.string(),
  state: z.string(),
  summary: z.string(),
  gaps: z.number(),
  lastAt: z.string().nullable(),
});
const run = runRow.extend({ steps: z.array(step) });
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

/** The product's API as an operator sees it. */
export type GatehouseApi = {
  readonly health: () => Promise<Health>;
  /** The person's id; undefined as long as nobody is known by the key. */
  readonly personId: (key: string) => Promise<string | undefined>;
  /** The person's runs. */
  readonly runsOf: (personId: string) => Promise<readonly RunRow[]>;
  readonly run: (id: string) => Promise<RunSteps>;
};

/** Speaks to the product at its address, with the token that `token` gives. */
export function gatehouseApi(url: string, token: () => string): GatehouseApi {
  const get = <Out>(path: string, answer: z.ZodType<Out>) => callJson({ url: `${url}${path}`, answer, token: token() });
  return {
    health: () => callJson({ url: `${url}/api/health`, answer: health }),
    personId: async (key) => {
      try {
        return (await get(`/api/people/${encodeURIComponent(key)}`, z.object({ personId: z.string() }))).personId;
      } catch (error) {
        if (error instanceof CallRefused && error.status === 404) return undefined;
        throw error;
      }
    },
    runsOf: async (personId) =>
      (await get(`/api/runs?person=${encodeURIComponent(personId)}&limit=20`, z.object({ runs: z.array(runRow) }))).runs,
    run: (id) => get(`/api/runs/${encodeURIComponent(id)}`, run),
  };
}
