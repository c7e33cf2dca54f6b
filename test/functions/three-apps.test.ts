import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { functionsOf } from '../../functions/tables/functions-of.ts';
import { loadConfig } from '../../shared/config/load-config.ts';
import { catalog } from '../../shared/tasks/catalog.ts';
import type { OwnProcess } from '../support/campaign-process.ts';
import { startWorld, type World } from '../support/campaign-world.ts';
import { postgresPrograms, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { sign, until } from '../support/product.ts';
import { type AppName, grants, type ThreeApps, threeAppsFor } from '../support/three-apps.ts';

const runs = z.object({ runs: z.array(z.object({ id: z.string(), state: z.string(), note: z.string().nullable() })) });
const steps = z.object({
  steps: z.array(
    z.object({ stepId: z.string(), state: z.string(), summary: z.string(), changes: z.array(z.object({ changeId: z.string() })) }),
  ),
});
const requests = z.array(z.object({ operation: z.string() }));
const admin = z.array(z.object({ name: z.string(), config: z.object({ bindings: z.array(z.object({ type: z.string() })) }) }));

const activityNames = ['claim-run', 'perform-step', 'park-run', 'end-run', 'begin-sweep', 'sweep-page', 'end-sweep'];

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
  const untilDone = (workerId: string) =>
    until(
      `the run of ${workerId} is over`,
      async () => (await runOf(workerId).catch(() => undefined))?.state.startsWith('done') === true,
      async () => [await runOf(workerId), await stepOf(workerId, 'pass'), ...seen()],
    );
  const registeredBy = async (app: AppName) => {
    const key = (await readFile(join(apps.folderOf(app), 'master-key'), 'utf8')).trim();
    return admin.parse(await (await fetch(`${apps.urlOf(app)}/admin/functions`, { headers: { 'x-functions-key': key } })).json());
  };
  const graphToken = async (clientId: string, secret = ''): Promise<string> => {
    const { GATEHOUSE_GRAPH_URL: graph = '' } = apps.settingsOf('work');
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: secret,
      scope: 'https://graph.microsoft.com/.default',
    });
    const url = `${graph}/${world.settings['GATEHOUSE_TENANT'] ?? ''}/oauth2/v2.0/token`;
    return z.object({ access_token: z.string() }).parse(await (await fetch(url, { method: 'POST', body })).json()).access_token;
  };
  const passesIssued = async () =>
    requests.parse(await world.get('/requests/graph')).filter(({ operation }) => operation === 'temporaryAccessPass.create').length;
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
  }, 300_000);

  afterAll(async () => {
    for (const process of running.values()) await process.end('SIGKILL');
    await world.process.end('SIGKILL');
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('have a hire go from the webhook of one through the workers of another to a pass that the third has issued', async () => {
    await tell(contractor('21501'));
    await untilDone('21501');
    expect(await stepOf('21501', 'pass')).toMatchObject({ state: 'done', summary: expect.stringContaining('pass') });
  }, 240_000);

  it('register each its own functions, and only one of them anything of Durable Functions', async () => {
    for (const app of apps.names) {
      const registered = await registeredBy(app);
      const names = (await functionsOf(app)).flatMap((one) => (one.on === 'activities' ? activityNames : [one.name]));
      expect(registered.map(({ name }) => name).toSorted(), app).toEqual(names.toSorted());
      const types = new Set(registered.flatMap(({ config }) => config.bindings.map(({ type }) => type.toLowerCase())));
      expect([...types].toSorted(), app).toEqual(bindings[app]);
    }
  }, 60_000);

  it('have one identity each at Graph: that of the workers may issue no pass, that of hands may change nothing else', async () => {
    const [user] = z.object({ users: z.array(z.object({ id: z.string() })) }).parse(await world.get('/state/graph')).users;
    const url = `${apps.settingsOf('work')['GATEHOUSE_GRAPH_URL'] ?? ''}/v1.0/users/${user?.id ?? ''}`;
    const entra = loadConfig('config', catalog).targets['entra:contoso'];
    if (entra?.kind !== 'entra' || entra.hands === undefined) throw new Error('The configuration names no identity of hands.');
    const [work, hands] = [
      await graphToken(entra.clientId, apps.settingsOf('work')['GATEHOUSE_SECRET_ENTRA_CLIENT']),
      await graphToken(entra.hands.clientId, apps.settingsOf('hands')['GATEHOUSE_SECRET_ENTRA_HANDS']),
    ];
    const call = async (path: string, method: string, body: object, bearer: string) => {
      const headers = { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json' };
      return (await fetch(`${url}${path}`, { method, headers, body: JSON.stringify(body) })).status;
    };
    const pass = '/authentication/temporaryAccessPassMethods';
    expect(await call(pass, 'POST', { lifetimeInMinutes: 60, isUsableOnce: true }, work)).toBe(403);
    expect(await call(pass, 'POST', { lifetimeInMinutes: 60, isUsableOnce: true }, hands)).toBe(201);
    expect(await call('', 'PATCH', { department: 'Elsewhere' }, hands)).toBe(403);
    expect(await call('', 'PATCH', { department: 'Elsewhere' }, work)).toBe(204);
  }, 60_000);

  it('wait for hands while it is down, say so, and end right once it is back', async () => {
    await running.get('hands')?.end('SIGKILL');
    await tell(contractor('21502'));
    await until('the step waits for hands', async () => (await stepOf('21502', 'pass'))?.state === 'waiting', seen);
    expect((await stepOf('21502', 'pass'))?.summary).toContain('waits for hands since');
    expect((await runOf('21502'))?.state).toBe('active');
    const issued = await passesIssued();
    await start('hands');
    await untilDone('21502');
    expect((await passesIssued()) - issued).toBe(1);
  }, 240_000);

  it('answer at one address what another looks at or may do: a plan, a person, a run on demand, dead letters, erasing', async () => {
    const person = z.object({ accounts: z.array(z.object({ target: z.string(), actual: z.unknown() })) });
    expect(person.parse(await ask('/api/people/generic:21501')).accounts.map(({ target }) => target)).toContain('entra:contoso');
    const post = async (path: string, body: object, bearer = token) => {
      const headers = { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json' };
      const response = await fetch(`${apps.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
      return { status: response.status, body: await response.json() };
    };
    const planned = await post('/api/plans', { workflow: 'mover', people: ['generic:21501'] });
    expect(planned).toMatchObject({ status: 200, body: { planId: expect.any(String), hash: expect.any(String) } });
    expect(await post('/api/plans', { workflow: 'nonsense', people: ['generic:21501'] })).toMatchObject({ status: 404 });
    const { planId, hash } = z.object({ planId: z.string(), hash: z.string() }).parse(planned.body);
    expect(await post('/api/runs', { planId, hash, reason: 'a test' })).toMatchObject({ status: 200 });
    await untilDone('21501');
    // What takes rights that this address has not, it has done by the one that has them.
    expect(await ask('/api/dead-letters')).toEqual({ deadLetters: [] });
    expect(await post('/api/dead-letters/replay', { all: true, reason: 'a test' })).toEqual({ status: 200, body: { settled: 0 } });
    const refused = { status: 409, body: { code: 'wrong-state', detail: expect.stringContaining('They have not left') } };
    const erase = async () => post('/api/people/generic:21501/erase', { reason: 'a test' }, await world.token('admin'));
    expect(await erase()).toMatchObject(refused);
    // Their hire is taken back, and with it every account.
    await tell({ ...contractor('21501'), status: 'terminated', lastDay: '2020-01-01' });
    await until('they can be erased', async () => (await erase()).status === 200, seen);
    expect(await erase()).toMatchObject({ status: 404, body: { code: 'not-found' } });
  }, 240_000);
});

/** What each app is bound to; `http` is the answer of an HTTP function. */
const bindings = {
  ingest: ['http', 'httptrigger'],
  work: ['activitytrigger', 'durableclient', 'orchestrationtrigger', 'servicebustrigger', 'timertrigger'],
  hands: ['servicebustrigger'],
} as const;

describe('The table of functions', () => {
  it('gives each function to one role, all of them to the process that plays all, and hands no way to be called', async () => {
    const names = async (role: 'all' | AppName) => (await functionsOf(role)).map((one) => (one.on === 'activities' ? one.on : one.name));
    const [ingest, work, hands] = [await names('ingest'), await names('work'), await names('hands')];
    expect(new Set([...ingest, ...work, ...hands]).size).toBe(ingest.length + work.length + hands.length);
    expect((await names('all')).toSorted()).toEqual([...ingest, ...work, ...hands].toSorted());
    expect((await functionsOf('ingest')).every(({ on }) => on === 'http')).toBe(true);
    expect((await functionsOf('work')).some(({ on }) => on === 'http')).toBe(false);
    expect(hands).toEqual(['perform-privileged-change']);
  });

  it('has a queue of servicebus.json for every queue function, and no queue without one', async () => {
    const file = z.object({ UserConfig: z.object({ Namespaces: z.array(z.object({ Queues: z.array(z.object({ Name: z.string() })) })) }) });
    const [namespace] = file.parse(JSON.parse(await readFile('servicebus.json', 'utf8'))).UserConfig.Namespaces;
    const taken = (await functionsOf('all')).flatMap((one) => (one.on === 'queue' ? [one.queueName] : []));
    expect(taken.toSorted()).toEqual(namespace?.Queues.map(({ Name }) => Name).toSorted());
  });
});

function contractor(workerId: string): object {
  const hireDate = new Date().toISOString().slice(0, 10);
  const name = { given: 'Ada', family: `Three${workerId}` };
  return {
    workerId,
    status: 'active',
    workerType: 'contractor',
    name,
    jobTitle: 'Support Agent',
    department: 'Support',
    location: { code: 'LIS', city: 'Lisbon', country: 'PT' },
    managerId: '10019',
    hireDate,
  };
}
