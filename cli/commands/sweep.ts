import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Client } from '../client.ts';

const last = z.object({
  id: z.string(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  looked: z.number(),
  found: z.number(),
  repaired: z.number(),
  raised: z.number(),
  unreadable: z.array(z.object({ target: z.string(), message: z.string() })),
});
const answer = z.object({ sweep: last.nullable() });
const started = z.object({ sweepId: z.string(), state: z.enum(['started', 'running']) });
type Sweep = z.infer<typeof last>;

/** What to print of a sweep, and whether all of every target could be read. */
export type SweepShown = { readonly text: string; readonly isWhole: boolean };

const lookEveryMs = 500;
/** An hour: longer than any sweep takes. */
const mostLooks = 7200;

/** Shows the last look at everybody who has left. */
export async function showSweep(client: Client): Promise<SweepShown> {
  const { sweep } = answer.parse(await client.get('/api/sweep'));
  if (sweep === null)
    return { text: 'Nobody who has left was looked at yet: the sweep runs every night, or now with --now.', isWhole: true };
  return shown(sweep);
}

/** Has everybody who has left looked at now, waits for the end, and shows what it came to. */
export async function sweepNow(client: Client): Promise<SweepShown> {
  const { sweepId } = started.parse(await client.post('/api/sweep', {}));
  for (let looks = 0; looks < mostLooks; looks += 1) {
    const { sweep } = answer.parse(await client.get('/api/sweep'));
    if (sweep !== null && sweep.id >= sweepId && sweep.endedAt !== null) return shown(sweep);
    await pause(lookEveryMs);
  }
  return { text: `The sweep ${sweepId} has not ended within an hour; gatehouse sweep shows how it stands.`, isWhole: false };
}

function shown(sweep: Sweep): SweepShown {
  const { looked, found, repaired, raised, startedAt, endedAt, unreadable } = sweep;
  const when = endedAt === null ? `under way since ${startedAt}` : `ended at ${endedAt}`;
  const lines = [
    `Sweep ${sweep.id}, ${when}`,
    `  ${looked} people who have left were looked at: ${found} things open, ${repaired} being closed, ${raised} for people to look at (gatehouse holds)`,
    ...unreadable.map(({ target, message }) => `  ${target}: ${message}`),
  ];
  return { text: lines.join('\n'), isWhole: unreadable.length === 0 };
}
