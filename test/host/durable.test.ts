import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HostProcess, endOf, instanceStatus, scratchFolder, startOrchestration, until } from './support/host-process.ts';

const scratch = scratchFolder();
let host: HostProcess;

beforeAll(async () => {
  host = await HostProcess.start({ app: 'sample', data: scratch.path });
});
afterAll(async () => {
  await host.end();
  scratch.remove();
});

async function run(name: string, id: string, input?: unknown): Promise<unknown> {
  const started = await startOrchestration(host, name, id, input);
  if (started.status !== 202) throw new Error(`${name} did not start: ${started.status} ${await started.text()}`);
  const end = await endOf(host, id);
  return end.runtimeStatus === 'Completed' ? end.output : end;
}

const raise = (id: string, event: string, value: unknown): Promise<Response> =>
  fetch(`${host.url}/api/raise/${id}/${event}`, { method: 'POST', body: JSON.stringify(value) });
const command = (path: string, init?: RequestInit): Promise<Response> => fetch(host.durable(path), { method: 'POST', ...init });

describe('An orchestration', () => {
  it('passes inputs and results through unchanged, strings of digits included', async () => {
    expect(await run('values', 'values-1', { q: [1, null] })).toEqual({
      text: 'ABC',
      digits: '123',
      object: 'object {"a":1}',
      none: null,
      input: { q: [1, null] },
      version: '',
    });
  });

  it('sees the version it was started with', async () => {
    await fetch(`${host.url}/api/start/values/version-1?version=2.1`, { method: 'POST' });
    expect((await endOf(host, 'version-1')).output).toMatchObject({ version: '2.1' });
  });

  it('retries an activity as told, and goes on after the last failure', async () => {
    expect(await run('retries', 'retries-1')).toEqual({ ok: 3, failure: "Activity function 'fail' failed: boom \n ", after: 'AFTER' });
  });

  it('runs sub-orchestrations side by side under given and made ids, and sees their failures', async () => {
    const result = (await run('parent', 'parent-1')) as { both: string[]; failure: string };
    expect(result.both).toEqual(['parent-1/A', 'parent-1/B']);
    expect(result.failure).toContain("Orchestrator function 'failingChild' failed: Activity function 'fail' failed: boom");
    expect((await instanceStatus(host, 'parent-1-b')).runtimeStatus).toBe('Completed');
  });

  it('starts another one from an activity that is bound to the durable client', async () => {
    expect(await run('begins', 'begins-1', 'begun-1')).toBe('begun-1');
    expect((await endOf(host, 'begun-1')).runtimeStatus).toBe('Completed');
  });

  it('waits for a timer', async () => {
    expect(await run('sleep', 'sleep-1', 80)).toBeGreaterThanOrEqual(80);
  });

  it('takes whichever comes first of an event and a timer, and shows its custom status meanwhile', async () => {
    await startOrchestration(host, 'approval', 'approval-1', 60_000);
    await until(async () => JSON.stringify((await instanceStatus(host, 'approval-1')).customStatus) === '{"stage":"waiting"}');
    await raise('approval-1', 'Approval', { by: 'me' });
    expect((await endOf(host, 'approval-1')).output).toEqual({ by: 'me' });
    expect(await run('approval', 'approval-2', 30)).toBe('too late');
  });

  it('gets events that came before it waited for them, in their order', async () => {
    await startOrchestration(host, 'twoEvents', 'events-1');
    await raise('events-1', 'E', 'first');
    await raise('events-1', 'E', 'second');
    expect((await endOf(host, 'events-1')).output).toEqual(['first', 'second']);
  });

  it('continues as new with the next input', async () => {
    expect(await run('loop', 'loop-1', 3)).toBe('looped');
  });

  it('fails with the message of the activity that failed', async () => {
    expect(await run('failing', 'failing-1')).toMatchObject({
      runtimeStatus: 'Failed',
      output: "Orchestrator function 'failing' failed: Activity function 'fail' failed: boom \n ",
    });
  });

  it('fails, and does not hang, where it calls an activity that does not exist', async () => {
    expect(await run('unknownActivity', 'unknown-1')).toMatchObject({
      runtimeStatus: 'Failed',
      output: expect.stringContaining("The function 'doesNotExist' doesn't exist"),
    });
  });

  it('fails where its code no longer matches its history', async () => {
    expect(await run('drifting', 'drifting-1')).toMatchObject({
      runtimeStatus: 'Failed',
      output: expect.stringContaining('Non-Deterministic workflow detected'),
    });
  });
});

describe('Starting', () => {
  it('is refused for an id whose instance has not ended, and replaces one that has', async () => {
    await startOrchestration(host, 'twoEvents', 'once-1');
    const again = await startOrchestration(host, 'values', 'once-1');
    expect([again.status, await again.text()]).toEqual([
      409,
      expect.stringMatching(/code: 500.*An Orchestration instance with the status (Pending|Running) already exists/),
    ]);
    await command('instances/once-1/terminate?reason=over');
    await endOf(host, 'once-1');
    expect(await run('values', 'once-1')).toMatchObject({ text: 'ABC' });
  });

  it('is refused for a function that does not exist, and for an id with forbidden characters', async () => {
    expect((await command('orchestrators/nobody')).status).toBe(400);
    expect((await command('orchestrators/upper')).status).toBe(400);
    expect((await command('orchestrators/values/%40x')).status).toBe(400);
    expect((await command('orchestrators/values/a%23b')).status).toBe(400);
    expect((await command('orchestrators/values', { body: '{no json' })).status).toBe(400);
  });
});

describe('The durable HTTP API', () => {
  it('is closed without its key, also on the path of the durable client', async () => {
    expect((await fetch(`${host.url}/runtime/webhooks/durabletask/instances/`)).status).toBe(401);
    expect((await fetch(`${host.url}/runtime/webhooks/durabletask/instances/?code=${host.masterKey}`)).status).toBe(401);
    expect((await fetch(`${host.url}/durabletask/instances/`)).status).toBe(401);
    expect((await fetch(`${host.url}/durabletask/orchestrators/values`, { method: 'POST' })).status).toBe(401);
  });

  it('starts an instance and answers with addresses that work', async () => {
    const started = await command('orchestrators/values', { body: '{"a":1}' });
    expect(started.status).toBe(202);
    const urls = (await started.json()) as Record<string, string>;
    expect(started.headers.get('location')).toBe(urls['statusQueryGetUri']);
    await until(async () => (await fetch(urls['statusQueryGetUri'] ?? '')).status === 200);
    expect(await (await fetch(urls['statusQueryGetUri'] ?? '')).json()).toMatchObject({
      name: 'values',
      input: { a: 1 },
      runtimeStatus: 'Completed',
    });
  });

  it('answers 404 for an instance that never was and 410 for a command to one that has ended', async () => {
    expect((await fetch(host.durable('instances/never'))).status).toBe(404);
    expect((await command('instances/never/terminate')).status).toBe(404);
    await run('values', 'ended-1');
    expect((await command('instances/ended-1/terminate')).status).toBe(410);
    expect((await command('instances/ended-1/raiseEvent/E', { body: '1' })).status).toBe(410);
  });

  it('holds a suspended instance still until it is resumed, and loses nothing that arrives meanwhile', async () => {
    await startOrchestration(host, 'twoEvents', 'suspended-1');
    await raise('suspended-1', 'E', 1);
    expect((await command('instances/suspended-1/suspend?reason=wait')).status).toBe(202);
    await until(async () => (await instanceStatus(host, 'suspended-1')).runtimeStatus === 'Suspended');
    expect((await command('instances/suspended-1/suspend')).status).toBe(500);
    await raise('suspended-1', 'E', 2);
    await run('values', 'meanwhile-1');
    expect((await instanceStatus(host, 'suspended-1')).runtimeStatus).toBe('Suspended');
    expect((await command('instances/suspended-1/resume')).status).toBe(202);
    expect((await endOf(host, 'suspended-1')).output).toEqual([1, 2]);
  });

  it('terminates an instance with the reason given, also while it is suspended', async () => {
    await startOrchestration(host, 'twoEvents', 'terminated-1');
    await command('instances/terminated-1/suspend');
    await command('instances/terminated-1/terminate?reason=not%20needed');
    expect(await endOf(host, 'terminated-1')).toMatchObject({ runtimeStatus: 'Terminated', output: 'not needed' });
  });

  it('shows the history of an instance on request', async () => {
    await run('values', 'history-1');
    const { historyEvents = [] } = await instanceStatus(host, 'history-1', '?showHistory=true&showHistoryOutput=true');
    expect(historyEvents.map((event) => event['EventType'])).toEqual([
      'ExecutionStarted',
      'TaskCompleted',
      'TaskCompleted',
      'TaskCompleted',
      'TaskCompleted',
    ]);
    expect(historyEvents[1]).toMatchObject({ FunctionName: 'upper', Result: 'ABC' });
  });

  it('lists instances in pages, by state and by prefix', async () => {
    for (const id of ['list-1', 'list-2', 'list-3']) await run('values', id);
    const first = await fetch(host.durable('instances/?instanceIdPrefix=list-&runtimeStatus=Completed&top=2'));
    const token = first.headers.get('x-ms-continuation-token') ?? '';
    const second = await fetch(host.durable('instances/?instanceIdPrefix=list-&runtimeStatus=Completed&top=2'), {
      headers: { 'x-ms-continuation-token': token },
    });
    const ids = [...((await first.json()) as { instanceId: string }[]), ...((await second.json()) as { instanceId: string }[])].map(
      (one) => one.instanceId,
    );
    expect(ids).toEqual(['list-1', 'list-2', 'list-3']);
    expect(await (await fetch(host.durable('instances/?instanceIdPrefix=list-&runtimeStatus=Failed'))).json()).toEqual([]);
  });

  it('purges instances that have ended and leaves the others', async () => {
    await run('values', 'purge-1');
    await startOrchestration(host, 'twoEvents', 'purge-2');
    expect((await command('instances/?runtimeStatus=Completed', { method: 'DELETE' })).status).toBe(400);
    expect((await command('instances/purge-2', { method: 'DELETE' })).status).toBe(404);
    expect(await (await command('instances/purge-1', { method: 'DELETE' })).json()).toEqual({ instancesDeleted: 1 });
    expect((await fetch(host.durable('instances/purge-1'))).status).toBe(404);
    expect((await command('instances/?createdTimeFrom=2020-01-01T00:00:00Z', { method: 'DELETE' })).status).toBe(200);
    expect((await instanceStatus(host, 'purge-2')).runtimeStatus).toBe('Running');
  });

  it('restarts an instance that has ended, with its input and a new id', async () => {
    await run('values', 'restart-1', { again: true });
    const { id = '' } = (await (await command('instances/restart-1/restart')).json()) as Record<string, string>;
    expect(id).not.toBe('restart-1');
    expect((await endOf(host, id)).output).toMatchObject({ input: { again: true } });
  });
});
