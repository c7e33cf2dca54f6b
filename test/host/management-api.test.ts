import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instancesAreCommanded } from './management/commanding.ts';
import { instancesAreRead } from './management/reading.ts';
import { HostProcess, endOf, instanceStatus, scratchFolder, until } from './support/host-process.ts';
import { answerOf, jsonOf, managedHost } from './support/managed-host.ts';
import { documentedStatuses } from './support/route-statuses.ts';

const scratch = scratchFolder();
let host: HostProcess;
const managed = managedHost(() => host);
const { api, statusOf, start, run, client, raise, fix, becomes } = managed;

beforeAll(async () => {
  host = await HostProcess.start({ app: 'management', data: scratch.path });
});
afterAll(async () => {
  await host.end('SIGKILL');
  scratch.remove();
});

describe('The API', () => {
  it('is closed without its key, also on the path of the durable client', async () => {
    expect((await fetch(`${host.url}/runtime/webhooks/durabletask/instances/`)).status).toBe(401);
    expect((await fetch(`${host.url}/runtime/webhooks/durabletask/instances/?code=${host.masterKey}`)).status).toBe(401);
    expect((await fetch(`${host.url}/durabletask/instances/`)).status).toBe(401);
    expect((await fetch(`${host.url}/durabletask/orchestrators/echo`, { method: 'POST' })).status).toBe(401);
  });
});

describe('Paths and methods that the API does not know', () => {
  beforeAll(() => run('echo', 'known'));

  it.each([
    ['GET', 'orchestrators/echo'],
    ['POST', 'orchestrators'],
    ['POST', 'orchestrators/echo/a/b'],
    ['POST', 'orchestrators/echo/a%2Fb'],
    ['PUT', 'instances'],
    ['POST', 'instances'],
    ['POST', 'instances/known'],
    ['HEAD', 'instances/known'],
    ['GET', 'instances/known/terminate'],
    ['POST', 'instances/known/explode'],
    ['POST', 'instances/known/raiseEvent'],
    ['POST', 'instances/known/terminate/now'],
    ['GET', 'instances/known/raiseEvent/Go'],
    ['POST', 'instances/known/raiseEvent/Go/on'],
    ['POST', 'nothing'],
    ['GET', ''],
  ])('answer 404: %s %s', async (method, path) => {
    expect(await statusOf(method, path)).toBe(404);
  });

  it('are not told apart by the case of their words, or by a slash at the end', async () => {
    await start('waits', 'Case-1');
    expect(await statusOf('POST', 'Instances/Case-1/RaiseEvent/Go/', jsonOf(1))).toBe(202);
    expect((await endOf(host, 'Case-1')).output).toEqual({ go: 1 });
    expect(await statusOf('GET', 'instances/case-1')).toBe(404);
    expect(await statusOf('POST', 'makePrimary')).toBe(200);
  });

  it('are those of this task hub only', async () => {
    await run('echo', 'hub-1');
    expect(await statusOf('GET', 'instances/hub-1?taskHub=managedhub')).toBe(200);
    expect(await statusOf('GET', 'instances/hub-1?taskHub=OtherHub')).toBe(404);
  });
});

describe('Starting', () => {
  it('answers with the addresses of the instance, as the client reached the host, its id in a form that is safe in them', async () => {
    const port = new URL(host.url).port;
    const response = await fetch(host.durable('orchestrators/echo/a b%26c').replace('127.0.0.1', 'localhost'), { method: 'POST' });
    const urls = (await response.json()) as Record<string, string>;
    expect(Object.keys(urls)).toEqual([
      'id',
      'statusQueryGetUri',
      'sendEventPostUri',
      'terminatePostUri',
      'purgeHistoryDeleteUri',
      'restartPostUri',
      'suspendPostUri',
      'resumePostUri',
    ]);
    expect(urls['id']).toBe('a b&c');
    expect(urls['statusQueryGetUri']).toContain(
      `http://localhost:${port}/runtime/webhooks/durabletask/instances/a+b%26c?taskHub=ManagedHub`,
    );
    expect([response.status, response.headers.get('location'), response.headers.get('retry-after')]).toEqual([
      202,
      urls['statusQueryGetUri'],
      '10',
    ]);
    await until(async () => (await fetch(urls['statusQueryGetUri'] ?? '')).status === 200);
  });

  it('names the host that a proxy was asked for, where the app says so', async () => {
    const headers = { 'x-forwarded-host': 'app.example', 'x-forwarded-proto': 'https' };
    const urls = (await (await api('POST', 'orchestrators/echo/proxy-1', { headers })).json()) as Record<string, string>;
    expect(urls['statusQueryGetUri']).toContain('https://app.example/runtime/webhooks/durabletask/instances/proxy-1?');
  });

  it('takes an input as it is, digits included, and none for an empty body', async () => {
    await api('POST', 'orchestrators/echo/input-1', { body: ' [9007199254740993, "x"] ' });
    await endOf(host, 'input-1');
    const { historyEvents = [] } = await instanceStatus(host, 'input-1', '?showHistory=true');
    expect(historyEvents[0]?.['Input']).toBe('[9007199254740993, "x"]');
    expect((await run('echo', 'input-2')).input).toBeNull();
  });

  it('is refused with 400 for no JSON, an unknown function, and an id with characters that may not be in one or too many of them', async () => {
    expect(await answerOf(await api('POST', 'orchestrators/echo', { body: '{no' }))).toEqual([400, { Message: 'Invalid JSON content' }]);
    expect(await answerOf(await api('POST', 'orchestrators/nobody'))).toEqual([
      400,
      { Message: "The function 'nobody' doesn't exist, is disabled, or is not an orchestrator function." },
    ]);
    for (const id of ['%40x', 'a%23b', 'a%3Fb', 'a%5Cb', 'a%07b', 'a%C2%85b', 'x'.repeat(257)])
      expect(await statusOf('POST', `orchestrators/echo/${id}`), id).toBe(400);
    expect(await statusOf('POST', `orchestrators/echo/${'x'.repeat(256)}`)).toBe(202);
  });

  it('of an id that has not ended is refused with 409 and the state; one that has ended is replaced, history and all', async () => {
    await start('waits', 'twice-1');
    await becomes('twice-1', 'Running');
    expect(await answerOf(await api('POST', 'orchestrators/echo/twice-1'))).toEqual([
      409,
      { Message: 'An Orchestration instance with the status Running already exists.' },
    ]);
    expect(await client('startNew', 'echo', { instanceId: 'twice-1' })).toEqual({
      error: expect.stringContaining('409. Details: {"Message":"An Orchestration instance with the status Running already exists."}'),
    });
    await raise('twice-1', 'Go', 1);
    await endOf(host, 'twice-1');
    expect(await run('echo', 'twice-1')).toMatchObject({ output: { version: '1.5' } });
    const { historyEvents = [] } = await instanceStatus(host, 'twice-1', '?showHistory=true');
    expect(historyEvents.filter(({ EventType }) => EventType === 'ExecutionStarted')).toHaveLength(1);
  });

  it('waits for the end where a timeout and a polling interval are given: the output, the state of what did not complete, or the addresses', async () => {
    const wait = 'timeout=10&pollingInterval=0.02';
    const completed = await api('POST', `orchestrators/echo/wait-1?${wait}`, jsonOf({ a: 1 }));
    expect([completed.status, await completed.json()]).toEqual([200, { input: { a: 1 }, version: '1.5' }]);
    await fix('break', 'wait-2 one');
    const failed = await api('POST', `orchestrators/order/wait-2?${wait}`);
    expect([failed.status, await failed.json()]).toEqual([200, expect.objectContaining({ runtimeStatus: 'Failed', instanceId: 'wait-2' })]);
    const late = await api('POST', 'orchestrators/waits/wait-3?timeout=0.05&pollingInterval=0.05');
    expect([late.status, await late.json()]).toEqual([202, expect.objectContaining({ id: 'wait-3' })]);
    expect(await statusOf('POST', 'orchestrators/echo/wait-4?timeout=1&pollingInterval=2')).toBe(400);
    const onlyOne = await api('POST', 'orchestrators/waits/wait-5?timeout=10');
    expect(onlyOne.status).toBe(202);
  });
});

describe('The client that waits for the end', () => {
  it('gives the output, 500 for a failure, or the addresses when it has waited long enough', async () => {
    await start('waits', 'patience-1');
    const waiting = await fetch(`${host.url}/api/wait/patience-1/60`, { method: 'POST' });
    expect([waiting.status, await waiting.json()]).toEqual([202, expect.objectContaining({ id: 'patience-1' })]);
    await raise('patience-1', 'Go', 'now');
    const done = await fetch(`${host.url}/api/wait/patience-1/9000`, { method: 'POST' });
    expect([done.status, await done.json()]).toEqual([200, { go: 'now' }]);
    await fix('break', 'patience-2 one');
    await start('order', 'patience-2');
    const failed = await fetch(`${host.url}/api/wait/patience-2/9000`, { method: 'POST' });
    expect(failed.status).toBe(500);
  });
});

describe('Versions', () => {
  it('are given to an instance by the one who starts it, else by the app', async () => {
    expect(await client('startNew', 'echo', { instanceId: 'version-1', version: '1.2' })).toEqual({ value: 'version-1' });
    expect((await endOf(host, 'version-1')).output).toMatchObject({ version: '1.2' });
    expect((await run('echo', 'version-2')).output).toMatchObject({ version: '1.5' });
  });

  it('that are newer than the app are left for a host that has them; older ones run', async () => {
    for (const version of ['1.6', '1.5.1', '2', '10.0'])
      expect(await statusOf('POST', `orchestrators/echo/newer-${version}?version=${version}`)).toBe(202);
    await api('POST', 'orchestrators/echo/older-1?version=1.4.9');
    await endOf(host, 'older-1');
    for (const version of ['1.6', '1.5.1', '2', '10.0'])
      expect((await instanceStatus(host, `newer-${version}`)).runtimeStatus, version).toBe('Pending');
  });
});

instancesAreRead(managed);
instancesAreCommanded(managed);

describe('The table of routes in docs/host.md', () => {
  it.each([...documentedStatuses()])('names exactly the answers that the tests above met: %s', (route, statuses) => {
    expect([...(managed.met.get(route) ?? [])].sort((a, b) => a - b)).toEqual(statuses);
  });
});
