import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from './support/host-process.ts';
import { startPausedHost } from './support/paused-host.ts';
import type { PausedHost } from './support/paused-host.ts';

let host: PausedHost;

beforeAll(async () => {
  host = await startPausedHost('durable');
});
afterAll(() => host.stop());

const run = async (name: string, id: string, input?: unknown): Promise<unknown> => {
  await host.start(name, id, input);
  const end = await host.end(id);
  return end.runtimeStatus === 'Completed' ? end.output : `${end.runtimeStatus}: ${String(end.output)}`;
};
const terminate = (id: string): Promise<Response> => fetch(host.durable(`instances/${id}/terminate?reason=over`), { method: 'POST' });

describe('Versions', () => {
  it('come from the start, else from host.json, and a sub-orchestration has its own', async () => {
    expect(await run('version', 'version-1')).toEqual(['10.0', '10.0', '9.9']);
    await fetch(host.durable('orchestrators/version/version-2?version=2.5'), { method: 'POST' });
    expect((await host.end('version-2')).output).toEqual(['2.5', '10.0', '9.9']);
  });

  it('do not depend on the case in which a function is named', async () => {
    expect(await run('OWNVERSION', 'case-1')).toBe('10.0');
  });
});

describe('Large data', () => {
  it('of some megabytes passes through inputs, results and sub-orchestrations', async () => {
    expect(await run('large', 'large-1', 'z'.repeat(1_000_000))).toEqual([1_000_000, 1_200_000, 1_000_000, 1_200_000]);
  });

  it('in an error of more than 64 KB fails the orchestration, and does not hang it', async () => {
    expect(String(await run('largeError', 'large-2')).length).toBeGreaterThan(200_000);
  });

  it('in a custom status of more than 16 KB in UTF-16 fails the orchestration in the words of Azure', async () => {
    expect(await run('status', 'status-1', 8_000)).toBe('kept');
    expect(await run('status', 'status-2', 9_000)).toBe(
      "Failed: Orchestrator function 'status' failed: The UTF-16 size of the JSON-serialized payload must not exceed 16 KB. The current payload size is 17 KB.",
    );
  });
});

describe('An orchestration that throws', () => {
  it('an error without a message fails, and does not hang', async () => {
    expect(await run('emptyError', 'empty-1')).toBe("Failed: Orchestrator function 'emptyError' failed: ");
  });

  it('with details that the app gave them hands these to its caller', async () => {
    const coded = ['CodedError: coded', { code: 42 }];
    expect(await run('codes', 'codes-1')).toEqual([coded, coded]);
  });

  it('is begun again by its parent as often as the retry options say, under the same id or new ones', async () => {
    await host.start('retriesChild', 'retries-1');
    await host.pass(1000);
    expect((await host.end('retries-1')).output).toEqual({
      ok: 3,
      failure: expect.stringContaining("Orchestrator function 'largeError' failed: Activity function 'blow' failed: xxx"),
      after: 'after',
    });
  });
});

describe('Terminating', () => {
  it('a child tells its parent', async () => {
    await host.start('waitsForChild', 'parent-1');
    await until(async () => (await fetch(host.durable('instances/parent-1-child'))).status === 202);
    await terminate('parent-1-child');
    expect((await host.end('parent-1')).output).toBe('over \n ');
  });

  it('a parent leaves its child alone, as on Azure', async () => {
    await host.start('waitsForChild', 'parent-2');
    await until(async () => (await fetch(host.durable('instances/parent-2-child'))).status === 202);
    await terminate('parent-2');
    expect(await host.end('parent-2')).toMatchObject({ runtimeStatus: 'Terminated', output: 'over' });
    await host.raise('parent-2-child', 'Go', 'went');
    expect((await host.end('parent-2-child')).output).toBe('went');
  });
});

describe('Code that no longer matches its history', () => {
  const before =
    'Failed: Non-Deterministic workflow detected: A previous execution of this orchestration scheduled an activity task with sequence ';
  const question = 'Was a change made to the orchestrator code after this instance had already started running?';

  it.each([
    [
      'name',
      `number 0 named 'echo', but the current orchestration replay instead scheduled an activity task named 'fill' with this sequence number. `,
    ],
    [
      'kind',
      `number 0 named 'echo', but the current orchestration replay instead produced a CreateTimerOrchestratorAction action with this sequence number. `,
    ],
    ['nothing', `ID 0 and name 'echo' (version ''), but the current replay execution hasn't (yet?) scheduled this task. `],
  ])('is found and told as on Azure: another %s', async (kind, found) => {
    expect(await run('drifts', `drift-${kind}`, kind)).toBe(`${before}${found}${question}`);
  });
});

describe('An eternal orchestration', () => {
  it('is given what came in after it asked to continue as new', async () => {
    await host.start('eternal', 'eternal-1');
    await until(async () => (await host.status('eternal-1')).runtimeStatus === 'Running');
    // Suspended, so that all events are there before it looks at the first.
    await fetch(host.durable('instances/eternal-1/suspend'), { method: 'POST' });
    for (const value of [1, 2, 3, -1]) await host.raise('eternal-1', 'Value', value);
    await fetch(host.durable('instances/eternal-1/resume'), { method: 'POST' });
    expect((await host.end('eternal-1')).output).toEqual([1, 2, 3]);
  });
});
