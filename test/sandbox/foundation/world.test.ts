import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { openWorld } from '../../../sandbox/foundation/open-world.ts';
import { transaction } from '../../../sandbox/foundation/transaction.ts';
import type { WireRequest } from '../../../sandbox/foundation/world.ts';
import { atEnd, temporaryFolder, temporaryWorld } from './temporary-world.ts';

const request: WireRequest = {
  system: 'graph',
  operation: 'users.create',
  kind: 'write',
  method: 'POST',
  path: '/v1.0/users',
  status: 201,
  requestId: 'r-1',
};

describe('the world', () => {
  it('refuses a data folder that is in use, and names the setting', () => {
    const dataDir = temporaryFolder();
    const world = openWorld({ dataDir });
    atEnd(() => world.close());
    expect(() => openWorld({ dataDir })).toThrow(/in use by another sandbox.*GATEHOUSE_SANDBOX_DIR/);
  });

  it('takes over the folder of a process that was killed, with all that it had committed', async () => {
    const dataDir = temporaryFolder();
    const program = `
      import { openWorld } from ${JSON.stringify(new URL('../../../sandbox/foundation/open-world.ts', import.meta.url).href)};
      const world = openWorld({ dataDir: ${JSON.stringify(dataDir)} });
      world.clock.setOffset(86400000);
      world.changeSettings({ graph: { replicationDelayMs: 70 } });
      world.faults.add({ system: 'oci', operation: 'scim.createUser', nth: 2, times: 1, phase: 'after', effect: { reset: true } });
      world.faults.take('oci', 'scim.createUser', '');
      world.rememberSecret('graph', 'pass', 'ABC123');
      world.record(${JSON.stringify(request)});
      console.log('held');
      setInterval(() => {}, 1000);`;
    const holder = spawn(process.execPath, ['--input-type=module-typescript', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    atEnd(() => void holder.kill('SIGKILL'));
    await once(holder.stdout, 'data');
    expect(() => openWorld({ dataDir })).toThrow(/in use/);
    holder.kill('SIGKILL');
    await once(holder, 'exit');

    const world = openWorld({ dataDir, clock: () => 1_000_000 });
    atEnd(() => world.close());
    expect(world.now()).toBe(87_400_000);
    expect(world.settings.graph).toMatchObject({ replicationDelayMs: 70, quota: 'published' });
    expect(world.faults.list()).toMatchObject([{ operation: 'scim.createUser', seen: 1, fired: 0 }]);
    expect(world.faults.take('oci', 'scim.createUser', '')).toEqual({ phase: 'after', effect: { reset: true } });
    expect(world.secrets.list()).toEqual([{ system: 'graph', kind: 'pass', value: 'ABC123' }]);
    expect(world.requests.since('graph', 0)).toMatchObject([{ sequence: 1, operation: 'users.create' }]);
  });

  it('keeps nothing of a transaction that fails, and only the failed part of one within another', () => {
    const { database } = temporaryWorld();
    database.exec('CREATE TABLE t (n INTEGER)');
    const add = (n: number) => database.prepare('INSERT INTO t VALUES (?)').run(n);
    const fail = () => {
      add(2);
      throw new Error('no');
    };
    transaction(database, () => {
      add(1);
      expect(() => transaction(database, fail)).toThrow('no');
      add(3);
    });
    expect(() => transaction(database, fail)).toThrow('no');
    expect(
      database
        .prepare('SELECT n FROM t ORDER BY n')
        .all()
        .map((row) => row['n']),
    ).toEqual([1, 3]);
  });
});

describe('the request log', () => {
  it("numbers requests over all systems, and returns a system's own after a number", () => {
    const world = temporaryWorld(() => 0);
    world.record(request);
    world.record({ ...request, system: 'oci' });
    world.record({ ...request, requestId: 'r-3' });
    expect(world.requests.since('graph', 1)).toEqual([{ ...request, requestId: 'r-3', sequence: 3, at: '1970-01-01T00:00:00.000Z' }]);
  });

  it('masks every secret before it is stored', () => {
    const world = temporaryWorld();
    const requestBody = {
      passwordProfile: { password: 'Hidden-1', forceChangePasswordNextSignIn: true },
      Operations: [{ op: 'replace', path: 'password', value: 'Hidden-2' }],
      attributes: [
        { type: 'unicodePwd', vals: ['Hidden-3'] },
        { type: 'cn', vals: ['Zoe'] },
      ],
      client_secret: 'Hidden-4',
      client_assertion: 'Hidden-5',
      displayName: 'Zoe',
    };
    world.record({
      ...request,
      requestBody,
      responseBody: { temporaryAccessPass: 'Hidden-6', access_token: 'Hidden-7', lifetimeInMinutes: 60 },
    });
    const [row] = world.requests.since('graph', 0);
    expect(JSON.stringify(row)).not.toContain('Hidden');
    expect(row?.requestBody).toMatchObject({
      passwordProfile: { password: '***', forceChangePasswordNextSignIn: true },
      Operations: [{ op: 'replace', path: 'password', value: '***' }],
      attributes: [{ vals: ['***'] }, { vals: ['Zoe'] }],
      displayName: 'Zoe',
    });
    expect(row?.responseBody).toEqual({ temporaryAccessPass: '***', access_token: '***', lifetimeInMinutes: 60 });
  });

  it('counts reads and writes of each system', () => {
    const world = temporaryWorld();
    world.record(request);
    world.record({ ...request, kind: 'read' });
    world.record({ ...request, kind: 'read' });
    expect(world.requests.counters()).toMatchObject({ graph: { reads: 2, writes: 1 }, oci: { reads: 0, writes: 0 } });
  });
});

describe('the fault schedule', () => {
  const order = { system: 'graph', operation: 'users.create', nth: 1, times: 1, phase: 'before', effect: { status: 503 } } as const;

  it('strikes the n-th matching call from now on, as often as ordered', () => {
    const { faults } = temporaryWorld();
    faults.take('graph', 'users.create', '');
    faults.add({ ...order, nth: 2, times: 2 });
    const strikes = Array.from({ length: 5 }, () => faults.take('graph', 'users.create', '') !== undefined);
    expect(strikes).toEqual([false, true, true, false, false]);
    expect(faults.list()).toMatchObject([{ seen: 5, fired: 2 }]);
  });

  it('counts only calls of its system and operation that contain its object', () => {
    const { faults } = temporaryWorld();
    faults.add({ ...order, object: 'zoe' });
    expect(faults.take('oci', 'users.create', 'zoe')).toBeUndefined();
    expect(faults.take('graph', 'users.update', 'zoe')).toBeUndefined();
    expect(faults.take('graph', 'users.create', 'adam')).toBeUndefined();
    expect(faults.take('graph', 'users.create', '/users {"n":"zoe"}')).toEqual({ phase: 'before', effect: { status: 503 } });
  });

  it('lets the fault that was scheduled first strike when two are due, and forgets all when cleared', () => {
    const { faults } = temporaryWorld();
    faults.add(order);
    faults.add({ ...order, effect: { status: 500 } });
    expect(faults.take('graph', 'users.create', '')?.effect).toEqual({ status: 503 });
    expect(faults.take('graph', 'users.create', '')).toBeUndefined();
    faults.clear();
    expect(faults.list()).toEqual([]);
  });
});
