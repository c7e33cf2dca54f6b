import { ServiceBusClient } from '@azure/service-bus';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HostProcess, endOf, instanceStatus, scratchFolder, until } from './support/host-process.ts';

type View = {
  readonly clock: string;
  readonly now: string;
  readonly nextDue: string | null;
  readonly isIdle: boolean;
  readonly mode: string;
  readonly until: string | null;
};
type Effect = {
  readonly fn: string;
  readonly next?: string;
  readonly isPastDue?: boolean;
  readonly message?: unknown;
  readonly at?: string;
};

const DAY_MS = 86_400_000;
const scratch = scratchFolder();
let host: HostProcess;
let client: ServiceBusClient;

const effects = (fn: string): Effect[] =>
  host
    .effects()
    .map((line) => JSON.parse(line) as Effect)
    .filter((effect) => effect.fn === fn);
const ask = (body?: unknown, key = host.masterKey): Promise<Response> =>
  fetch(`${host.url}/admin/host/clock`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'x-functions-key': key },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const clock = async (body?: unknown): Promise<View> => (await (await ask(body)).json()) as View;
const now = async (): Promise<number> => Date.parse((await clock()).now);
const at = (ms: number): string => new Date(ms).toISOString();
const start = (name: string, id: string, input?: unknown): Promise<Response> =>
  fetch(host.durable(`orchestrators/${name}/${id}`), { method: 'POST', body: JSON.stringify(input ?? null) });
const untilPaused = (): Promise<void> => until(async () => (await clock()).mode === 'paused');

async function startHost(kind: string): Promise<HostProcess> {
  host = await HostProcess.start({ app: 'clock', data: scratch.path, args: ['--clock', kind, '--servicebus-port', '0'] });
  client = new ServiceBusClient(await (await fetch(`${host.url}/api/connection`)).text());
  return host;
}

beforeAll(() => startHost('paused'));
afterAll(async () => {
  await client.close();
  await host.end('SIGKILL');
  scratch.remove();
});

describe('A virtual clock', () => {
  it('stands still until it is told otherwise, and says when something is due next and whether the host is idle', async () => {
    const first = await clock();
    expect(first).toMatchObject({ clock: 'virtual', mode: 'paused', until: null });
    expect(new Date(first.nextDue ?? '').getUTCHours()).toBe(6);
    await start('sleep', 'short', 1000);
    await until(async () => (await clock()).nextDue === at(Date.parse(first.now) + 1000));
    await until(async () => (await clock()).isIdle);
    expect((await clock()).now).toBe(first.now);
    expect((await clock({ advance: 'PT1S' })).now).toBe(at(Date.parse(first.now) + 1000));
    expect((await endOf(host, 'short')).output).toBe(1000);
  });

  it('jumps to what is due next, up to the instant that it is given, and then stands still', async () => {
    const before = await now();
    await start('sleep', 'near', 5000);
    await start('sleep', 'far', 20_000);
    await until(async () => (await instanceStatus(host, 'far')).runtimeStatus === 'Running');
    const target = at(before + 10_000);
    await clock({ mode: 'auto', until: target });
    expect((await endOf(host, 'near')).output).toBe(5000);
    await untilPaused();
    expect(await clock()).toMatchObject({ now: target, nextDue: at(before + 20_000), until: null });
    expect((await instanceStatus(host, 'far')).runtimeStatus).toBe('Running');
    await clock({ set: at(before + 20_000) });
    expect((await endOf(host, 'far')).output).toBe(20_000);
  });

  it('does not move while an activity is in flight, however long that takes', async () => {
    const before = await now();
    await start('work', 'work');
    await start('sleep', 'meanwhile', 1000);
    await until(async () => (await instanceStatus(host, 'meanwhile')).runtimeStatus === 'Running');
    await clock({ mode: 'auto', until: at(before + 2000) });
    expect((await endOf(host, 'work')).output).toBe(0);
    expect((await endOf(host, 'meanwhile')).output).toBe(1000);
  });

  it('does not jump to a timer that was cancelled', async () => {
    await untilPaused();
    await start('approval', 'approval');
    await until(async () => (await instanceStatus(host, 'approval')).runtimeStatus === 'Running');
    const due = at((await now()) + DAY_MS);
    const others = (await clock()).nextDue;
    await fetch(host.durable('instances/approval/raiseEvent/Approval'), {
      method: 'POST',
      body: '"yes"',
      headers: { 'content-type': 'application/json' },
    });
    expect((await endOf(host, 'approval')).output).toBe('yes');
    await clock({ set: others ?? '' });
    await until(() => effects('daily').length === 1);
    await until(async () => (await clock()).isIdle);
    expect((await clock()).nextDue).not.toBe(due);
    expect((await clock()).nextDue).toBe(at(Date.parse(others ?? '') + DAY_MS));
  });

  it('lets a year pass in seconds: daily runs, waiting orchestrations and scheduled messages, each at its time', async () => {
    const from = await now();
    const ids = Array.from({ length: 2 }, (_, index) => `year-${index}`);
    for (const id of ids) await start('eachDay', id, { left: 365 });
    const waiting = Array.from({ length: 2 }, (_, index) => `long-${index}`);
    await Promise.all(waiting.map((id) => start('sleep', id, 364 * DAY_MS)));
    const sender = client.createSender('reminders');
    for (let month = 1; month <= 12; month += 1) await sender.scheduleMessages({ body: month }, new Date(from + month * 30 * DAY_MS));
    const runsBefore = effects('daily').length;
    await clock({ mode: 'auto', until: at(from + 366 * DAY_MS) });
    await expect.poll(async () => (await clock()).mode, { timeout: 30_000 }).toBe('paused');
    for (const id of ids) expect((await endOf(host, id)).output).toBe(365 * DAY_MS);
    for (const id of waiting) expect((await endOf(host, id)).output).toBe(364 * DAY_MS);
    const runs = effects('daily').slice(runsBefore);
    const firstRun = Date.parse(runs[0]?.next ?? '') - DAY_MS;
    expect(firstRun - from).toBeLessThanOrEqual(DAY_MS);
    expect(runs.map(({ next }) => Date.parse(next ?? ''))).toEqual(runs.map((_, index) => firstRun + (index + 1) * DAY_MS));
    expect(runs).toHaveLength(366);
    expect(runs.some(({ isPastDue }) => isPastDue)).toBe(false);
    expect(effects('remind').map(({ message, at: came }) => [message, Date.parse(came ?? '')])).toEqual(
      Array.from({ length: 12 }, (_, index) => [index + 1, from + (index + 1) * 30 * DAY_MS]),
    );
  });

  it('stands still while an AMQP client holds a message, ends the lock when it is put forward, and jumps to its end once the client is gone', async () => {
    await client.createSender('outside').sendMessages({ body: 'held' });
    const receiver = client.createReceiver('outside', { maxAutoLockRenewalDurationInMs: 0 });
    const [first] = await receiver.receiveMessages(1, { maxWaitTimeInMs: 5000 });
    if (!first) throw new Error('The message did not come.');
    const from = await now();
    expect(first.lockedUntilUtc?.getTime()).toBe(from + 60_000);
    await clock({ mode: 'auto', until: at(from + 3_600_000) });
    for (let looks = 0; looks < 5; looks += 1) expect(await clock()).toMatchObject({ now: at(from), isIdle: false });
    await clock({ mode: 'paused' });
    await clock({ advance: 'PT1M' });
    const [second] = await receiver.receiveMessages(1, { maxWaitTimeInMs: 5000 });
    expect(second).toMatchObject({ body: 'held', deliveryCount: 1 });
    await expect(receiver.completeMessage(first)).rejects.toMatchObject({ code: 'MessageLockLost' });
    await clock({ mode: 'auto', until: at(from + 3_600_000) });
    await receiver.close();
    await untilPaused();
    expect(await now()).toBe(from + 3_600_000);
    const [third] = await client
      .createReceiver('outside', { receiveMode: 'receiveAndDelete' })
      .receiveMessages(1, { maxWaitTimeInMs: 5000 });
    expect(third).toMatchObject({ body: 'held', deliveryCount: 2 });
  });

  it('takes only what it understands, from those who have the master key, and never goes back', async () => {
    expect((await ask(undefined, 'wrong')).status).toBe(401);
    await until(async () => (await clock()).isIdle);
    const before = await clock();
    const answer = await ask({ set: at(Date.parse(before.now) - 1) });
    expect([answer.status, await answer.json()]).toEqual([409, { message: `It is ${before.now}; time does not go back.` }]);
    for (const body of [{ set: 'tomorrow' }, { advance: '1 hour' }, { advance: '-PT1H', mode: 'auto' }, { mode: 'fast' }, 'x'])
      expect((await ask(body)).status, JSON.stringify(body)).toBe(400);
    expect(await clock()).toEqual(before);
  });

  it('goes on where it stood after a kill, and its data folder is not taken back to wall time', async () => {
    const before = await clock();
    await client.close();
    await host.end('SIGKILL');
    const refused = HostProcess.launch({ app: 'clock', data: scratch.path, args: ['--servicebus-port', '0'] });
    expect(await refused.exit()).toBe(1);
    expect(refused.errors).toBe(
      `The data folder has lived on a virtual clock, on which it is ${before.now}: time would go back. Start with --clock virtual, or give another folder with --data.\n`,
    );
    await startHost('paused');
    expect(await now()).toBe(Date.parse(before.now));
  });
});

describe('A wall clock', () => {
  it('shows the same, and cannot be moved', async () => {
    const other = scratchFolder();
    const wall = await HostProcess.start({ app: 'timers', data: other.path });
    const url = `${wall.url}/admin/host/clock`;
    const headers = { 'x-functions-key': wall.masterKey };
    const view = (await (await fetch(url, { headers })).json()) as View;
    expect(view).toMatchObject({ clock: 'wall', mode: 'auto', until: null });
    expect(Date.parse(view.nextDue ?? '') - Date.parse(view.now)).toBeLessThanOrEqual(1000);
    const refused = await fetch(url, { headers, method: 'POST', body: '{"advance":"PT1H"}' });
    expect([refused.status, await refused.json()]).toEqual([
      409,
      { message: 'This host lives on wall time. Start it with --clock virtual to move its clock.' },
    ]);
    await wall.end('SIGKILL');
    other.remove();
  });
});
