import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { type Client, Refusal } from '../../cli/client.ts';

const change = z.object({
  changeId: z.string(),
  target: z.string(),
  do: z.string(),
  kind: z.string(),
  object: z.string(),
  after: z.record(z.string(), z.unknown()).nullable(),
  outcome: z.looseObject({ is: z.string() }).nullable(),
  sentAt: z.string().nullable(),
});
const step = z.object({
  stepId: z.string(),
  task: z.string(),
  state: z.string(),
  summary: z.string(),
  gaps: z.number(),
  changes: z.array(change),
});
const run = z.object({
  id: z.string(),
  workflow: z.string(),
  state: z.string(),
  note: z.string().nullable(),
  createdAt: z.string(),
  dueAt: z.string(),
  steps: z.array(step),
});
const person = z.object({
  personId: z.string(),
  standing: z.string(),
  accounts: z.array(z.object({ target: z.string(), nativeId: z.string() })),
});
const runIds = z.object({ runs: z.array(z.object({ id: z.string() })) });

/** What Gatehouse tells of one change, one run, one person. */
export type ToldChange = z.infer<typeof change>;
export type ToldRun = z.infer<typeof run>;
export type Told = z.infer<typeof person> & { readonly runs: readonly ToldRun[] };

const unsettled: ReadonlySet<string> = new Set(['planned', 'starting', 'active']);
/** A run that was planned for later than this is of another day, and not waited for. */
const laterMs = 3_600_000;

/** All that Gatehouse tells of a person, the runs oldest first; undefined while it knows nobody by the key. */
export async function toldOf(client: Client, key: string): Promise<Told | undefined> {
  try {
    const who = person.parse(await client.get(`/api/people/${encodeURIComponent(key)}`));
    const { runs } = runIds.parse(await client.get(`/api/runs?person=${encodeURIComponent(who.personId)}`));
    const views = await Promise.all(runs.map(async ({ id }) => run.parse(await client.get(`/api/runs/${id}`))));
    return { ...who, runs: views.toReversed() };
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return undefined;
    throw error;
  }
}

/** What has to be there before the person is looked at: in words, and whether it is. */
export type Awaited = { readonly what: string; readonly isThere: (runs: readonly ToldRun[]) => boolean };

/** Asks until what is awaited is there and nothing else is under way for the person. Throws after the time, with what was seen last. */
export async function untilSettled(client: Client, key: string, { what, isThere }: Awaited, minutes: number): Promise<Told> {
  const limit = performance.now() + minutes * 60_000;
  for (;;) {
    const told = await toldOf(client, key);
    const runs = told?.runs ?? [];
    if (told !== undefined && isThere(runs) && !runs.some(isUnderWay)) return told;
    if (performance.now() > limit) {
      const seen = runs.map(({ workflow, state }) => `${workflow} ${state}`).join(', ') || 'no run';
      throw new Error(
        `After ${minutes} minutes ${what} had not come about for ${key}: ${seen}. Look with: npx --no gatehouse person ${key}`,
      );
    }
    await pause(1000);
  }
}

/** Whether a run goes on now: one that waits for another day does not. */
function isUnderWay({ state, createdAt, dueAt }: ToldRun): boolean {
  return unsettled.has(state) && Date.parse(dueAt) - Date.parse(createdAt) < laterMs;
}
