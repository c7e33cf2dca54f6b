import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { OwnProcess } from '../support/campaign-process.ts';
import { startWorld, type World } from '../support/campaign-world.ts';
import { postgresPrograms, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { sign, until } from '../support/product.ts';
import { type AppName, grants, type ThreeApps, threeAppsFor } from '../support/three-apps.ts';

const runs = z.object({ runs: z.array(z.object({ id: z.string(), state: z.string(), note: z.string().nullable() })) });
const steps = z.object({
  steps: z.array(z.object({ stepId: z.string(), state: z.string(), summary: z.string(), changes: z.array(z.object({ changeId: z.string() })) })),
});
const admin = z.array(z.object({ name: z.string(), config: z.object({ bindings: z.array(z.object({ type: z.string() })) }) }));

describe.skipIf(postgresPrograms === undefined)('Three function apps on one registry', () => {
  let folder = '';
  let world: World;
  let postgres: TestPostgres;
  let apps: ThreeApps;
  let token = '';
  const running = new Map<AppName, OwnProcess>();

  const start = async (app: AppName): Promise<void> => {
    const process = apps.launch(app);
    running.set(app, process);
    await process.ready();
  };
  const ask = async (path: string): Promise<unknown> => {
    const response = await fetch(`${apps.url}${path}`, { headers: { Authorization: `Bearer ${token}` } });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  };
  const tell = async (worker: object): Promise<void> => {
    const { now } = z.object({ now: z.string() }).parse(await world.get('/clock'));
    const body = JSON.stringify({ id: `evt-${Math.random()}`, occurredAt: now, worker });
    const headers = { 'Gatehouse-Signature': sign(body, Date.parse(now)) };
    const response = await fetch(`${apps.url}/api/hr/generic`, { method: 'POST', body, headers });
    expect([response.status, await response.text()]).toMatchObject([202, expect.anything()]);
  };
  const runOf = async (workerId: string) => runs.parse(await ask(`/api/runs?person=generic:${workerId}`)).runs[0];
  const stepOf = async (workerId: string, stepId: string) => {
    const run = await runOf(workerId).catch(() => undefined);
    return run && steps.parse(await ask(`/api/runs/${run.id}`)).steps.find((step) => step.stepId === stepId);
  };
  const seen = () => [...running].map(([app, process]) => [app, process.output().slice(-3000)]);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-apps-'));
    [world, postgres] = await Promise.all([startWorld(join(folder, 'world')), startPostgres()]);
    await world.post('/settings', { cloudSync: { intervalMs: 200 }, graph: grants });
    apps = await threeAppsFor(world, folder, await postgres.database());
    token = await world.token();
    await start('ingest');
    await Promise.all([start('work'), start('hands')]);
    await until('the baseline is taken', async () => z.object({ baseline: z.boolean() }).parse(await ask('/api/health')).baseline, seen);
  }, 120_000);

  afterAll(async () => {
    for (const process of running.values()) await process.end('SIGKILL');
    await world.process.end('SIGKILL');
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('have a hire go from the webhook of one through the workers of another to a pass that the third has issued', async () => {
    await tell(contractor('21501', '10019'));
    await until('the run is over', async () => (await runOf('21501').catch(() => undefined))?.state.startsWith('done') === true, async () => [await stepOf('21501', 'pass'), ...seen()]);
    expect(await stepOf('21501', 'pass')).toMatchObject({ state: 'done' });
  }, 60_000);
});

function contractor(workerId: string, managerId: string): object {
  const hireDate = new Date().toISOString().slice(0, 10);
  const name = { given: 'Ada', family: `Three${workerId}` };
  return { workerId, status: 'active', workerType: 'contractor', name, jobTitle: 'Support Agent', department: 'Support', location: { code: 'LIS', city: 'Lisbon', country: 'PT' }, managerId, hireDate };
}
