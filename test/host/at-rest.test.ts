import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../host/data/open-database.ts';
import { HistoryCache } from '../../host/durable/history-cache.ts';
import { EVENT, historyEvent } from '../../host/durable/history-event.ts';
import type { LiveInstance } from '../../host/durable/instance.ts';
import { InstanceRows } from '../../host/durable/instance-rows.ts';
import { WorkRows } from '../../host/durable/work-rows.ts';
import { WorkQueue } from '../../host/durable/work-queue.ts';
import { HostProcess, endOf, instanceStatus, scratchFolder, startOrchestration, until } from './support/host-process.ts';

let scratch: ReturnType<typeof scratchFolder>;
let host: HostProcess | undefined;

beforeEach(() => {
  scratch = scratchFolder();
});
afterEach(async () => {
  await host?.end('SIGKILL');
  host = undefined;
  scratch.remove();
});

describe('An instance with nothing to do', () => {
  it('is not looked at: its history may be unreadable, once it has ended or while it waits, and the host starts and runs others', async () => {
    host = await HostProcess.start({ app: 'sample', data: scratch.path });
    await startOrchestration(host, 'values', 'ended');
    await startOrchestration(host, 'twoEvents', 'waiting');
    await endOf(host, 'ended');
    await until(async () => host !== undefined && (await instanceStatus(host, 'waiting')).runtimeStatus === 'Running');
    await host.end();
    const database = new DatabaseSync(join(scratch.path, 'host.sqlite'));
    expect(database.prepare(`UPDATE history SET events = 'no JSON'`).run().changes).toBeGreaterThanOrEqual(6);
    database.close();
    host = await HostProcess.start({ app: 'sample', data: scratch.path });
    expect((await instanceStatus(host, 'waiting')).runtimeStatus).toBe('Running');
    await startOrchestration(host, 'values', 'other');
    expect((await endOf(host, 'other')).runtimeStatus).toBe('Completed');
    expect((await instanceStatus(host, 'ended')).runtimeStatus).toBe('Completed');
    expect(host.errors).not.toMatch(/^(error|critical)/m);
  });

  it('costs no statement that walks through all instances or histories', () => {
    const { database, prepared } = recorded();
    const rows = [new InstanceRows(database), new WorkRows(database)];
    expect([rows.length, prepared.length > 15]).toEqual([2, true]);
    const plans = prepared.map((sql) => ({ sql, plan: database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() }));
    const walks = plans.filter(({ plan }) =>
      plan.some((step) =>
        /^SCAN (instance|history|timer)(?! USING (COVERING )?INDEX (instance_live|timer_due))/.test(String(step['detail'])),
      ),
    );
    expect(walks.map(({ sql }) => sql)).toEqual([]);
    database.close();
  });

  it('leaves memory when others run: the histories kept have a bound, that of one whose episode runs is kept in any case', () => {
    const database = openDatabase(join(scratch.path, 'host.sqlite'));
    const cache = new HistoryCache(new WorkRows(database), 10_000);
    const instances = Array.from({ length: 50 }, (_, key) => anInstance(key));
    const [running] = instances;
    for (const instance of instances) {
      instance.isBusy = true;
      cache.read(instance);
      cache.append(instance, [historyEvent(EVENT.EventRaised, 0, { Name: 'E', Input: 'x'.repeat(1000) })]);
      instance.isBusy = instance === running;
    }
    const kept = instances.filter(({ history }) => history !== undefined);
    expect(kept).toEqual([running, ...instances.slice(-8)]);
    const [, away] = instances;
    expect(away && cache.read(away).events).toMatchObject([{ EventType: EVENT.EventRaised, Name: 'E' }]);
    expect(away?.episode).toBe(1);
    database.close();
  });
});

describe('A queue of work', () => {
  it('takes in what is new behind what has begun, but one in every turn', async () => {
    const order: string[] = [];
    const queue = new WorkQueue<string>(1000, async (item) => void order.push(item), fail);
    for (let number = 0; number < 100; number += 1) queue.pushLast('new');
    for (let number = 0; number < 100; number += 1) queue.push('begun');
    for (const end = Date.now() + 5000; order.length < 200 && Date.now() < end;) await new Promise((resume) => setImmediate(resume));
    expect(order).toHaveLength(200);
    const newOnes = order.slice(0, order.lastIndexOf('begun')).filter((item) => item === 'new').length;
    expect([newOnes > 0, newOnes < 10]).toEqual([true, true]);
  });
});

/** A database whose prepared statements are written down. */
function recorded(): { readonly database: DatabaseSync; readonly prepared: readonly string[] } {
  const database = openDatabase(join(scratch.path, 'host.sqlite'));
  const prepared: string[] = [];
  const prepare = database.prepare.bind(database);
  database.prepare = (sql) => {
    if (!sql.startsWith('EXPLAIN')) prepared.push(sql);
    return prepare(sql);
  };
  return { database, prepared };
}

function anInstance(key: number): LiveInstance {
  const given = { key, id: `i${key}`, name: 'n', version: '', parent: null, createdAt: 0, executionId: 'e' };
  return {
    ...given,
    status: 'Running',
    input: null,
    customStatus: null,
    inbox: [],
    episode: 0,
    history: undefined,
    hasTimers: false,
    isBusy: false,
    isGone: false,
  };
}

function fail(error: unknown): never {
  throw error;
}
