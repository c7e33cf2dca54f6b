import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { processorTime } from './processor-time.ts';
import { startAppInHost } from '../../test/support/app-in-host.ts';

/** Milliseconds from the start of a process, and of processor time that it took until the first answer. */
export type ColdStart = { readonly firstAnswerMs: number; readonly firstActivityMs: number; readonly processorMs: number };

const patienceMs = 60_000;

/**
 * One start of the app in this folder: until it answers over HTTP, and until it has done an activity, its database asked, of an orchestration that was started then.
 * The process is gone afterwards.
 */
export async function startOnce(folder: string, parent: string, databaseUrl: string): Promise<ColdStart> {
  const dataFolder = mkdtempSync(join(parent, 'data-'));
  const launchedAt = performance.now();
  const app = startAppInHost({ folder, dataFolder, settings: { DATABASE_URL: databaseUrl } });
  try {
    const url = await app.address();
    // What Graph asks of an address before it sends notices to it: https://learn.microsoft.com/graph/change-notifications-delivery-webhooks
    await asked(`${url}/api/graph/notifications?validationToken=first`, { method: 'POST' });
    const firstAnswerMs = performance.now() - launchedAt;
    const processorMs = processorTime(app.process.pid) ?? Number.NaN;
    await untilActivity(url, dataFolder);
    return { firstAnswerMs, firstActivityMs: performance.now() - launchedAt, processorMs };
  } finally {
    await app.process.end('SIGKILL');
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

/** A run that nobody planned: the first activity looks for it in the database and does not find it. */
async function untilActivity(url: string, dataFolder: string): Promise<void> {
  const key = createHmac('sha256', readFileSync(join(dataFolder, 'master-key'), 'utf8').trim());
  const code = key.update('durabletask_extension').digest('base64url');
  const durable = (path: string): string => `${url}/runtime/webhooks/durabletask/${path}${path.includes('?') ? '&' : '?'}code=${code}`;
  const run = { runId: 'nobody', attempt: 1, lane: 'work' };
  await asked(durable('orchestrators/run-workflow/first'), { method: 'POST', body: JSON.stringify(run) });
  const limit = AbortSignal.timeout(patienceMs);
  while (!(await asked(durable('instances/first?showHistory=true'))).includes('"TaskCompleted"')) {
    limit.throwIfAborted();
    await pause(2);
  }
}

async function asked(url: string, init?: RequestInit): Promise<string> {
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
  return text;
}
