import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HostProcess, endOf, instanceStatus, scratchFolder, until } from './support/host-process.ts';

const scratch = scratchFolder();
let host: HostProcess;

beforeAll(async () => {
  host = await HostProcess.start({ app: 'durable', data: scratch.path });
});
afterAll(async () => {
  await host.end();
  scratch.remove();
});

const signal = async (key: string, op: string, input?: unknown): Promise<void> => {
  const body = input === undefined ? '' : JSON.stringify(input);
  expect((await fetch(`${host.url}/api/signal/${key}/${op}`, { method: 'POST', body })).status).toBe(202);
};
const read = async (key: string): Promise<unknown> => (await fetch(`${host.url}/api/read/${key}`)).json();
const holds = async (key: string, ...entityState: number[]): Promise<boolean> =>
  JSON.stringify(await read(key)) === JSON.stringify({ entityExists: true, entityState });
const begin = (name: string, id: string, input: unknown): Promise<Response> =>
  fetch(host.durable(`orchestrators/${name}/${id}`), { method: 'POST', body: JSON.stringify(input) });
const run = async (name: string, id: string, input: unknown): Promise<unknown> => {
  await begin(name, id, input);
  const end = await endOf(host, id);
  return end.runtimeStatus === 'Completed' ? end.output : end;
};
const entities = async (query: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(host.durable(`entities/${query}`), { headers });

describe('An entity', () => {
  it('is called and signalled by an orchestrator, side by side with others, and keeps its state', async () => {
    expect(await run('callList', 'call-1', 'called')).toEqual({
      all: [5, 6, 7],
      who: { operation: 'who', name: 'list', key: 'called', isNew: false },
    });
    expect(await read('called')).toEqual({ entityExists: true, entityState: [5, 6, 7] });
    expect(await read('called-b')).toEqual({ entityExists: true, entityState: [8] });
  });

  it('shows what was sent and answered in the history of the orchestration', async () => {
    await run('callList', 'call-2', 'history');
    const response = await fetch(host.durable('instances/call-2?showHistory=true&showHistoryOutput=true'));
    const { historyEvents } = (await response.json()) as { historyEvents: { EventType: string; Input?: unknown }[] };
    expect(historyEvents.filter((event) => event.EventType === 'EventSent')).toHaveLength(6);
    expect(JSON.stringify(historyEvents.find((event) => event.EventType === 'EventRaised')?.Input)).toContain('result');
  });

  it('takes signals in their order, one batch at a time', async () => {
    const all = Array.from({ length: 50 }, (_, number) => number);
    expect(await run('signalMany', 'many-1', 'ordered')).toEqual(all);
    for (const number of all) await signal('sequence', 'add', number);
    await until(() => holds('sequence', ...all));
  });

  it('is signalled and read by clients, and is not there before its first operation', async () => {
    expect(await read('fresh')).toEqual({ entityExists: false });
    await signal('fresh', 'add', 1);
    await until(() => holds('fresh', 1));
  });

  it('signals another entity', async () => {
    await signal('origin', 'forward', 3);
    await until(() => holds('origin-copy', 3));
  });

  it('answers an operation that throws with an error that the library cannot read (js#642), and goes on', async () => {
    expect(await run('callFailing', 'failing-1', 'failing')).toEqual({ message: 'Error: [object Object]', state: [-1] });
  });

  it('fails an orchestration that signals one that does not exist', async () => {
    expect(await run('signalNobody', 'nobody-1', null)).toMatchObject({
      runtimeStatus: 'Failed',
      output:
        "Orchestrator function 'signalNobody' failed: The function 'nobody' doesn't exist, is disabled, or is not an entity function.",
    });
  });

  it('does a batch again that a kill cut off, each of its operations counts once, and a lock stays with its holder', async () => {
    await begin('signalMany', 'killed-1', 'killed');
    const done = (): number => host.effects().filter((line) => line.startsWith('killed ')).length;
    await until(() => done() >= 5);
    await host.end('SIGKILL');
    expect(done()).toBeLessThan(50);
    host = await HostProcess.start({ app: 'durable', data: scratch.path });
    expect((await endOf(host, 'killed-1')).output).toEqual(Array.from({ length: 50 }, (_, number) => number));
    expect(done()).toBeGreaterThan(50);
    await begin('holder', 'holder-1', 'locked');
    await until(async () => (await instanceStatus(host, 'holder-1')).customStatus === 'locked');
    await host.end('SIGKILL');
    host = await HostProcess.start({ app: 'durable', data: scratch.path });
    await begin('outsider', 'outsider-1', 'locked');
    await signal('killed', 'add', 50);
    await until(() => holds('killed', ...Array.from({ length: 51 }, (_, number) => number)));
    expect(['Pending', 'Running']).toContain((await instanceStatus(host, 'outsider-1')).runtimeStatus);
    const json = { 'content-type': 'application/json' };
    await fetch(host.durable('instances/holder-1/raiseEvent/order'), { method: 'POST', body: '"end"', headers: json });
    expect((await endOf(host, 'outsider-1')).output).toBe(0);
  });
});

describe('The HTTP API of entities', () => {
  const at = (key: string): string => host.durable(`entities/List/${key}`);

  it('signals, reads and deletes one', async () => {
    const json = { 'content-type': 'application/json' };
    expect((await fetch(`${at('api')}&op=add`, { method: 'POST', body: '4', headers: json })).status).toBe(202);
    await until(() => holds('api', 4));
    expect(await (await fetch(at('api'))).json()).toEqual([4]);
    expect((await fetch(`${at('api')}&op=add`, { method: 'POST', body: '{', headers: json })).status).toBe(400);
    expect((await fetch(at('api'), { method: 'DELETE' })).status).toBe(202);
    await until(async () => (await fetch(at('api'))).status === 404);
  });

  it('refuses what is no entity, and needs the key', async () => {
    expect((await fetch(host.durable('entities/Nobody/k?op=add'), { method: 'POST' })).status).toBe(400);
    expect((await fetch(host.durable('entities/List'), { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${host.url}/runtime/webhooks/durabletask/entities/List/k`)).status).toBe(401);
  });

  it('lists those that exist in pages, by name, with their state on request', async () => {
    for (const key of ['list-1', 'list-2', 'list-3']) await signal(key, 'add', 1);
    for (const key of ['list-1', 'list-2', 'list-3']) await until(() => holds(key, 1));
    const found: { entityId: { key: string }; state: unknown }[] = [];
    for (let token: string | null = ''; token !== null;) {
      const response = await entities('list?top=4&fetchState=true', token === '' ? {} : { 'x-ms-continuation-token': token });
      found.push(...((await response.json()) as typeof found));
      token = response.headers.get('x-ms-continuation-token');
    }
    const keys = found.map(({ entityId }) => entityId.key);
    expect(keys.filter((key) => key.startsWith('list-'))).toEqual(['list-1', 'list-2', 'list-3']);
    expect(new Set(keys).size).toBe(keys.length);
    expect(found.find(({ entityId }) => entityId.key === 'list-1')).toMatchObject({ entityId: { name: 'list' }, state: [1] });
    expect(await (await entities('other')).json()).toEqual([]);
    expect(await (await entities('?lastOperationTimeFrom=2100-01-01T00:00:00Z')).json()).toEqual([]);
  });
});
