import { describe, expect, it } from 'vitest';
import { createGovernor } from '../../../shared/connectors/http/governor.ts';
import { graphCost, graphQuota } from '../../../shared/connectors/http/graph-quota.ts';
import { createMemoryLedger } from '../../../shared/connectors/http/memory-ledger.ts';
import { machinePace, type Pace } from '../../../shared/connectors/http/pace.ts';
import { drawQuota } from '../../../shared/domain/quota.ts';
import { NotSent } from '../../../shared/connectors/http/not-sent.ts';
import type { QuotaLedger } from '../../../shared/ports/quota-ledger.ts';
import { createFakePace } from './fake-pace.ts';

const signal = AbortSignal.timeout(20_000);
const quota = { limits: [{ name: 'calls', burst: 2, perSecond: 1, reserve: 0 }], spanMs: 1_000 };
const governorWith = (pace: Pace, ledger = createMemoryLedger()) => createGovernor(quota, { key: 'test', ledger, pace });
const one = { calls: 1 };

describe('the governor', () => {
  it('lets the burst through at once and then keeps to the rate', async () => {
    const pace = createFakePace();
    const governor = governorWith(pace);
    for (let call = 0; call < 5; call += 1) await governor.admit(one, 'normal', signal);
    expect(pace.now()).toBeGreaterThanOrEqual(3_000);
    expect(pace.now()).toBeLessThan(3_500);
  });

  it('spends what time has refilled, and no more than the burst', async () => {
    const pace = createFakePace();
    const governor = governorWith(pace);
    pace.pass(60_000);
    for (let call = 0; call < 3; call += 1) await governor.admit(one, 'normal', signal);
    expect(pace.now()).toBeGreaterThanOrEqual(61_000);
  });

  it('lets containment go before everything else that waits', async () => {
    const governor = governorWith(createFakePace());
    await Promise.all([governor.admit(one, 'normal', signal), governor.admit(one, 'normal', signal)]);
    const order: string[] = [];
    const waiting = (name: string, priority: 'normal' | 'contain') => governor.admit(one, priority, signal).then(() => order.push(name));
    await Promise.all([waiting('first', 'normal'), waiting('second', 'normal'), waiting('contain', 'contain')]);
    expect(order[0]).toBe('contain');
    expect(order.slice(1)).toEqual(['first', 'second']);
  });

  it('sends nothing while the target wants quiet, and then at half the rate', async () => {
    const pace = createFakePace();
    const governor = governorWith(pace);
    await governor.admit({ calls: 2 }, 'normal', signal);
    governor.throttled(5_000);
    await governor.admit({ calls: 2 }, 'normal', signal);
    expect(pace.now()).toBeGreaterThanOrEqual(5_000);
    const before = pace.now();
    await governor.admit({ calls: 2 }, 'normal', signal);
    expect(pace.now() - before).toBeGreaterThan(2_500);
  });

  it('hands a call back, unsent and with the time to wait, rather than hold it for long', async () => {
    const governor = governorWith(createFakePace());
    governor.throttled(60_000);
    const refusal = await governor.admit(one, 'normal', signal).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(NotSent);
    expect(refusal).toMatchObject({ retryAfterMs: 60_000 });
  });

  it('lets go of a call that is given up while it waits', async () => {
    const governor = governorWith(machinePace);
    await governor.admit(one, 'normal', signal);
    await governor.admit(one, 'normal', signal);
    const giveUp = new AbortController();
    const waiting = governor.admit(one, 'normal', giveUp.signal);
    giveUp.abort();
    await expect(waiting).rejects.toBeInstanceOf(NotSent);
  });
});

describe('two governors of one quota', () => {
  const limits = [{ name: 'calls', burst: 100, perSecond: 10, reserve: 10 }];
  const shared = { limits, spanMs: 1_000 };

  /** A ledger that counts how often it is asked. */
  const counting = () => {
    const ledger = createMemoryLedger();
    const seen = { draws: 0, reached: 0 };
    const draw: QuotaLedger['draw'] = async (key, ask) => {
      const grant = await ledger.draw(key, ask);
      seen.draws += 1;
      seen.reached = grant.now;
      return grant;
    };
    return { draw, quiet: ledger.quiet, seen };
  };

  it('spend it together, and do not ask the ledger for every call', async () => {
    const ledger = counting();
    const paces = [createFakePace(), createFakePace()];
    const governors = paces.map((pace) => createGovernor(shared, { key: 'one', ledger, pace }));
    for (let call = 0; call < 200; call += 1) await governors[call % 2]?.admit(one, 'normal', signal);
    expect(ledger.seen.reached).toBeGreaterThanOrEqual(10_900);
    expect(ledger.seen.reached).toBeLessThan(12_500);
    expect(ledger.seen.draws).toBeLessThan(180);
  });

  it('leave each other’s containment its reserve, and all that comes in while it waits', async () => {
    const ledger = createMemoryLedger();
    const pace = createFakePace();
    const busy = createGovernor(shared, { key: 'one', ledger, pace });
    const urgent = createGovernor(shared, { key: 'one', ledger, pace });
    for (let call = 0; call < 90; call += 1) await busy.admit(one, 'normal', signal);
    const before = pace.now();
    for (let call = 0; call < 10; call += 1) await urgent.admit(one, 'contain', signal);
    expect(pace.now() - before).toBeLessThan(1);
  });

  it('gives all that comes in to containment for as long as some of it waits', () => {
    let state = drawQuota(undefined, { limits, first: { calls: 100 }, wish: {}, back: {}, isContainment: true, now: 0 }).state;
    const draw = (isContainment: boolean, now: number): boolean => {
      const drawn = drawQuota(state, { limits, first: one, wish: one, back: {}, isContainment, now });
      ({ state } = drawn);
      return drawn.grant.slice !== null;
    };
    const served = { contain: 0, normal: 0 };
    for (let now = 100; now <= 5_000; now += 100) {
      if (draw(false, now)) served.normal += 1;
      if (draw(true, now)) served.contain += 1;
    }
    expect(served).toEqual({ contain: 50, normal: 0 });
  });

  it('are both quiet when the target said 429 to one of them', async () => {
    const ledger = createMemoryLedger();
    const pace = createFakePace();
    const [first, second] = [1, 2].map(() => createGovernor(shared, { key: 'one', ledger, pace }));
    first?.throttled(5_000);
    await second?.admit(one, 'normal', signal);
    expect(pace.now()).toBeGreaterThanOrEqual(5_000);
  });

  it('earn nothing twice where one machine’s clock is behind, and do not stand still where it was ahead', async () => {
    const ledger = createMemoryLedger();
    const ahead = createFakePace();
    ahead.pass(3_600_000);
    const behind = createFakePace();
    const first = createGovernor(shared, { key: 'one', ledger, pace: ahead });
    const second = createGovernor(shared, { key: 'one', ledger, pace: behind });
    await first.admit({ calls: 90 }, 'normal', signal);
    await second.admit({ calls: 5 }, 'normal', signal);
    expect(behind.now()).toBeGreaterThanOrEqual(500);
    expect(behind.now()).toBeLessThan(1_000);
  });

  it('send nothing while the ledger is away, and say that nothing was sent', async () => {
    const away = { draw: () => Promise.reject(new Error('gone')), quiet: () => Promise.reject(new Error('gone')) };
    const governor = createGovernor(shared, { key: 'one', ledger: away, pace: createFakePace() });
    await expect(governor.admit(one, 'contain', signal)).rejects.toBeInstanceOf(NotSent);
  });
});

describe('the cost of a Graph request', () => {
  const cost = (method: string, path: string) =>
    graphCost({ method, url: `https://graph.microsoft.com/v1.0${path}`, headers: {}, body: undefined, priority: 'normal' });

  it('of a batch is that of its items', () => {
    const requests = [
      { id: '0', method: 'GET', url: '/groups/1?$select=id' },
      { id: '1', method: 'GET', url: '/users/1/transitiveMemberOf/microsoft.graph.group' },
    ];
    const url = 'https://graph.microsoft.com/v1.0/$batch';
    const batch = { method: 'POST', url, headers: {}, body: JSON.stringify({ requests }), priority: 'normal' } as const;
    expect(graphCost(batch)).toMatchObject({ units: 3 });
    expect(graphCost(batch)['writes'] ?? 0).toBe(0);
  });

  it.each([
    ['GET', '/users/1', 1],
    ['GET', '/users', 2],
    ['GET', '/users?$select=id', 1],
    ['GET', '/users?$expand=manager', 3],
    ['GET', '/users?$top=5', 1],
    ['GET', '/groups/1/members', 3],
    ['GET', '/users/1/transitiveMemberOf/microsoft.graph.group', 2],
    ['GET', '/subscribedSkus', 3],
  ])('%s %s is %i resource units, as published', (method, path, units) => {
    expect(cost(method, path)).toMatchObject({ units });
  });

  it('counts writes twice over, mail and authentication methods apart', () => {
    expect(cost('POST', '/users')).toMatchObject({ units: 1, writes: 1 });
    expect(cost('POST', '/users/1/messages')).toEqual({ outlook: 1 });
    expect(cost('POST', '/users/1/authentication/temporaryAccessPassMethods')).toEqual({ authentication: 1 });
  });

  it('keeps below what is published for every size of tenant', () => {
    for (const [size, units] of [
      ['S', 3_500],
      ['M', 5_000],
      ['L', 8_000],
    ] as const) {
      expect(graphQuota(size).limits.find(({ name }) => name === 'units')?.burst).toBeLessThan(units);
      expect(graphQuota(size).limits.find(({ name }) => name === 'writes')?.burst).toBeLessThan(3_000);
    }
  });
});
