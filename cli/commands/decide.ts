import { answers } from '../answers.ts';
import type { Client } from '../client.ts';

type Why = { readonly reason: string };

/** Resumes or cancels what is held: all of it, or of a batch one person's part. */
export async function decideHold(
  client: Client,
  id: string,
  how: 'resume' | 'cancel',
  { reason, person }: Why & { readonly person?: string },
): Promise<string> {
  const body = { reason, ...(person === undefined ? {} : { person }) };
  return inWords(await client.post(`/api/holds/${encodeURIComponent(id)}/${how}`, body));
}

/** Asks that a containment lock be lifted, as the first of two who have to agree. */
export async function unlockPerson(client: Client, key: string, { owner, reason }: Why & { readonly owner: string }): Promise<string> {
  return inWords(await client.post(`/api/people/${encodeURIComponent(key)}/unlock`, { owner, reason }));
}

/** Stops all writing, or lets it go on. */
export async function setPause(client: Client, isOn: boolean, { reason }: Why): Promise<string> {
  await client.post(isOn ? '/api/pause' : '/api/unpause', { reason });
  return isOn ? 'Paused: nothing is written to any target until gatehouse unpause.' : 'Going on.';
}

/** Cancels a run that is not over. */
export async function cancelRun(client: Client, id: string, { reason }: Why): Promise<string> {
  const { runs } = answers.runs.parse(await client.post(`/api/runs/${encodeURIComponent(id)}/cancel`, { reason }));
  return runs.map((run) => `${run.displayName}: ${run.workflow} is ${run.state}.`).join('\n');
}

/** Has a run go on without one of its steps. */
export async function skipStep(client: Client, id: string, step: string, { reason }: Why): Promise<string> {
  const path = `/api/runs/${encodeURIComponent(id)}/steps/${encodeURIComponent(step)}/skip`;
  const { runs } = answers.runs.parse(await client.post(path, { reason }));
  return runs.map((run) => `${run.displayName}: ${run.workflow} goes on without ${step} (${run.state}).`).join('\n');
}

function inWords(answer: unknown): string {
  const { state, approvals, needed, runs } = answers.decided.parse(answer);
  if (state === 'waiting') return `Noted: ${approvals ?? 1} of ${needed ?? 2} people have agreed.`;
  return runs === undefined || runs.length === 0
    ? `It is ${state}.`
    : `It is ${state}: ${runs.length === 1 ? '1 run' : `${runs.length} runs`}.`;
}
