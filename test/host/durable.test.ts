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
