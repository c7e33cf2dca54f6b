import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HostProcess, endOf, instanceStatus, scratchFolder, until } from './support/host-process.ts';
import { managedHost } from './support/managed-host.ts';

const scratch = scratchFolder();
let host: HostProcess;
const { api, start, run, client, raise, fix, becomes } = managedHost(() => host);

beforeAll(async () => {
  host = await HostProcess.start({ app: 'management', data: scratch.path });
});
afterAll(async () => {
  await host.end('SIGKILL');
  scratch.remove();
});

/** The steps that were run for an instance and its sub-orchestrations, in order. */
const stepsOf = (id: string): string[] => host.effects().filter((line) => line.startsWith(`${id} `) || line.startsWith(`${id}-sub `));

/** Runs an instance whose step `broken` fails, repairs it, rewinds the instance, and gives its end. */
async function rewound(name: string, id: string, broken: string): Promise<unknown> {
  await fix('break', broken);
  expect(await run(name, id)).toMatchObject({ runtimeStatus: 'Failed', output: expect.stringContaining(broken) });
  await fix('repair', broken);
  expect(await client('rewind', id, 'repaired')).toEqual({ value: null });
  await until(async () => (await instanceStatus(host, id)).runtimeStatus === 'Completed');
  return (await instanceStatus(host, id)).output;
}

describe('Rewinding a failed instance', () => {
  it('runs the step that failed again, and not those before it', async () => {
    expect(await rewound('order', 'plain', 'plain two')).toBe('ordered');
    expect(stepsOf('plain')).toEqual(['plain one', 'plain two', 'plain two', 'plain three']);
  });

  it('leaves in the history what was rewound, and why', async () => {
    const { historyEvents = [] } = await instanceStatus(host, 'plain', '?showHistory=true&showInput=false');
    expect(historyEvents.map((event) => event['Reason'] ?? event['Data'] ?? event['EventType'])).toEqual([
      'ExecutionStarted',
      'TaskCompleted',
      'Rewound: TaskScheduled',
      'Rewound: TaskFailed',
      'Rewound: ExecutionCompleted',
      'repaired',
      'TaskCompleted',
      'TaskCompleted',
      'ExecutionCompleted',
    ]);
    expect(historyEvents.filter(({ EventType }) => EventType === 'GenericEvent')).toHaveLength(4);
  });

  it('can fail and be rewound once more', async () => {
    await fix('break', 'more two');
    await run('order', 'more');
    await client('rewind', 'more', 'too early');
    await until(() => stepsOf('more').length === 3);
    await becomes('more', 'Failed');
    await fix('repair', 'more two');
    await client('rewind', 'more', 'now');
    await becomes('more', 'Completed');
    expect(stepsOf('more')).toEqual(['more one', 'more two', 'more two', 'more two', 'more three']);
  });

  it('gives a step with a retry policy all its attempts again', async () => {
    expect(await rewound('retried', 'retried', 'retried one')).toBe('retried');
    expect(stepsOf('retried')).toEqual(['retried one', 'retried one', 'retried one', 'retried two']);
  });

  it('forgets what was done in answer to the failure', async () => {
    expect(await rewound('cleaned', 'cleaned', 'cleaned two')).toBe('not cleaned');
    expect(stepsOf('cleaned')).toEqual(['cleaned one', 'cleaned two', 'cleaned clean', 'cleaned two']);
  });

  it('keeps what succeeded side by side with the failure', async () => {
    expect(await rewound('fanned', 'fanned', 'fanned two')).toBe(3);
    expect(stepsOf('fanned').sort()).toEqual(['fanned one', 'fanned three', 'fanned two', 'fanned two']);
  });

  it('rewinds the sub-orchestration that failed, under its id, and goes on when that has completed', async () => {
    expect(await rewound('above', 'above', 'above-sub two')).toBe('ordered');
    expect(stepsOf('above')).toEqual(['above one', 'above-sub one', 'above-sub two', 'above-sub two', 'above-sub three', 'above three']);
  });

  it('starts a sub-orchestration anew where it was purged meanwhile', async () => {
    await fix('break', 'lost-sub two');
    await run('above', 'lost');
    expect((await api('DELETE', 'instances/lost-sub')).status).toBe(200);
    await fix('repair', 'lost-sub two');
    await client('rewind', 'lost', 'anew');
    await becomes('lost', 'Completed');
    expect(stepsOf('lost')).toEqual([
      'lost one',
      'lost-sub one',
      'lost-sub two',
      'lost-sub one',
      'lost-sub two',
      'lost-sub three',
      'lost three',
    ]);
  });

  it('runs the code again where that failed by itself', async () => {
    expect(await rewound('faulty', 'faulty', 'the code')).toBe('sound');
    expect(stepsOf('faulty')).toEqual(['faulty one']);
  });

  it('runs what was in flight again, and drops what the first run still gives', async () => {
    const times = (line: string): number => host.effects().filter((one) => one === line).length;
    await fix('break', 'drifts');
    await start('drifts', 'drifts');
    await until(() => times('begin drifts') === 1);
    await fix('break', 'drifts code');
    await raise('drifts', 'Go', 1);
    expect((await endOf(host, 'drifts')).output).toContain('Non-Deterministic');
    await fix('repair', 'drifts code');
    await client('rewind', 'drifts', 'the old code is back');
    await until(() => times('begin drifts') === 2);
    await fix('repair', 'drifts');
    await until(() => times('end drifts') === 2);
    await raise('drifts', 'End', 1);
    await becomes('drifts', 'Completed');
    const { historyEvents = [] } = await instanceStatus(host, 'drifts', '?showHistory=true');
    expect(historyEvents.filter(({ EventType }) => EventType === 'TaskCompleted')).toHaveLength(1);
  });
});

describe('A host that takes over after a kill, with other settings', () => {
  beforeAll(async () => {
    await fix('break', 'killed-sub two');
    await run('above', 'killed');
    await fix('repair', 'killed-sub two');
    await api('POST', 'orchestrators/echo/newer?version=2.0');
    await start('waits', 'held');
    await becomes('held', 'Running');
    await client('suspend', 'held', 'wait');
    await raise('held', 'Go', 1);
    expect(await client('rewind', 'killed', 'before the kill')).toEqual({ value: null });
    await host.end('SIGKILL');
    host = await HostProcess.start({ app: 'management-next', data: scratch.path });
  });

  it('has everything that was acknowledged: the rewind, the suspension, the event', async () => {
    expect((await instanceStatus(host, 'held')).runtimeStatus).toBe('Suspended');
    await client('resume', 'held', 'go on');
    expect((await endOf(host, 'held')).output).toEqual({ go: 1 });
    await becomes('killed', 'Completed');
    expect(stepsOf('killed').filter((step) => step === 'killed one')).toHaveLength(1);
    expect(stepsOf('killed').at(-1)).toBe('killed three');
  });

  it('runs the instances of its own version that waited for it, and fails those of newer ones, as it is told', async () => {
    expect(await endOf(host, 'newer')).toMatchObject({ runtimeStatus: 'Completed', output: { version: '2.0' } });
    await api('POST', 'orchestrators/echo/newest?version=2.1');
    expect(await endOf(host, 'newest')).toMatchObject({
      runtimeStatus: 'Failed',
      output: 'Orchestration version did not comply with Worker Versioning',
    });
  });

  it('starts an id again that has not ended, and drops what was in flight of the one before', async () => {
    await fix('break', 'anew');
    await start('blocks', 'anew', 'first');
    await until(() => host.effects().includes('begin anew'));
    await client('suspend', 'anew', 'held');
    await raise('anew', 'Go', 'for the first');
    await start('waits', 'anew', 'second');
    await fix('repair', 'anew');
    await until(() => host.effects().includes('end anew'));
    await becomes('anew', 'Running');
    expect(await instanceStatus(host, 'anew', '?showHistory=true')).toMatchObject({
      name: 'waits',
      input: 'second',
      historyEvents: [expect.objectContaining({ EventType: 'ExecutionStarted', FunctionName: 'waits' })],
    });
    await raise('anew', 'Go', 'for the second');
    expect((await endOf(host, 'anew')).output).toEqual({ go: 'for the second' });
    await start('sleeps', 'anew');
    await becomes('anew', 'Running');
    const restarted = await api('POST', 'instances/anew/restart?restartWithNewInstanceId=false');
    expect(restarted.status).toBe(202);
  });
});
