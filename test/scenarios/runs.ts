import { z } from 'zod';
import { type Gatehouse, until } from '../support/product.ts';

const runs = z.object({
  runs: z.array(
    z.object({
      id: z.string(),
      state: z.string(),
      workflow: z.string(),
      note: z.string().nullable(),
      dueAt: z.string(),
      attempt: z.number(),
      startedAt: z.string().nullable(),
    }),
  ),
});
const steps = z.object({
  state: z.string(),
  steps: z.array(
    z.object({
      stepId: z.string(),
      state: z.string(),
      summary: z.string(),
      gaps: z.number(),
      changes: z.array(z.object({ changeId: z.string(), do: z.string(), target: z.string() })),
    }),
  ),
});

// Superseded is final too, but the run that took its place may not be there to see yet.
const final: ReadonlySet<string> = new Set(['done', 'done-with-gaps', 'failed', 'held', 'unknown', 'cancelled']);

export type RunRow = z.infer<typeof runs>['runs'][number];
export type RunSteps = z.infer<typeof steps>;

/** The runs of a worker, newest first; none where the product does not know them yet. */
export async function runsOf({ request, token }: Gatehouse, workerId: string): Promise<readonly RunRow[]> {
  const response = await request(`/api/runs?person=${workerId}`, {
    headers: { Authorization: `Bearer ${await token({ client: 'reader' })}` },
  });
  return response.ok ? runs.parse(await response.json()).runs : [];
}

/** One run with its steps. */
export async function stepsOf({ product }: Gatehouse, runId: string): Promise<RunSteps> {
  return steps.parse(await product.ask(`/api/runs/${runId}`));
}

/** A run that only tells somebody of another. */
function isPage({ workflow }: RunRow): boolean {
  return workflow.startsWith('page-');
}

/** Waits until the newest run of the worker that does something for them, or of the workflow if one is named, is in that state. Throws at once where it ended otherwise. */
export async function untilRun(gatehouse: Gatehouse, workerId: string, state: string, workflow?: string): Promise<RunRow> {
  let newest: RunRow | undefined;
  await until(
    `a run of ${workerId} is ${state}`,
    async () => {
      newest = (await runsOf(gatehouse, workerId)).find((run) => (workflow === undefined ? !isPage(run) : run.workflow === workflow));
      if (newest !== undefined && newest.state !== state && final.has(newest.state))
        throw new Error(`A run of ${workerId} is ${newest.state}, not ${state}: ${newest.note ?? ''}`);
      return newest?.state === state;
    },
    async () =>
      newest === undefined
        ? 'There is no run.'
        : {
            newest,
            steps: (await stepsOf(gatehouse, newest.id)).steps.map(({ stepId, state: is, summary }) => `${stepId} ${is}: ${summary}`),
          },
  );
  if (newest === undefined) throw new Error(`There is no run of ${workerId}.`);
  return newest;
}
