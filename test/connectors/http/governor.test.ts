import { describe, expect, it } from 'vitest';
import { createGovernor } from '../../../shared/connectors/http/governor.ts';
import { graphCost, graphLimits } from '../../../shared/connectors/http/graph-quota.ts';
import { NotSent } from '../../../shared/connectors/http/not-sent.ts';
import { createFakePace } from './fake-pace.ts';

const signal = AbortSignal.timeout(20_000);
const limits = [{ name: 'calls', burst: 2, perSecond: 1 }];
const one = { calls: 1 };

describe('the governor', () => {
  it('lets the burst through at once and then keeps to the rate', async () => {
    const pace = createFakePace();
    const governor = createGovernor(limits, pace);
    for (let call = 0; call < 5; call += 1) await governor.admit(one, 'normal', signal);
    expect(pace.now()).toBeGreaterThanOrEqual(3_000);
    expect(pace.now()).toBeLessThan(3_500);
  });

  it('spends what time has refilled, and no more than the burst', async () => {
    const pace = createFakePace();
    const governor = createGovernor(limits, pace);
    pace.pass(60_000);
    for (let call = 0; call < 3; call += 1) await governor.admit(one, 'normal', signal);
    expect(pace.now()).toBeGreaterThanOrEqual(61_000);
  });

  it('lets containment go before everything else that waits', async () => {
    const governor = createGovernor(limits, createFakePace());
    await Promise.all([governor.admit(one, 'normal', signal), governor.admit(one, 'normal', signal)]);
    const order: string[] = [];
    const waiting = (name: string, priority: 'normal' | 'contain') => governor.admit(one, priority, signal).then(() => order.push(name));
    await Promise.all([waiting('first', 'normal'), waiting('second', 'normal'), waiting('contain', 'contain')]);
    expect(order[0]).toBe('contain');
    expect(order.slice(1)).toEqual(['first', 'second']);
  });

  it('sends nothing while the target wants quiet, and then at half the rate', async () => {
    const pace = createFakePace();
    const governor = createGovernor(limits, pace);
    await governor.admit({ calls: 2 }, 'normal', signal);
    governor.throttled(5_000);
    await governor.admit({ calls: 2 }, 'normal', signal);
    expect(pace.now()).toBeGreaterThanOrEqual(5_000);
    const before = pace.now();
    await governor.admit({ calls: 2 }, 'normal', signal);
    expect(pace.now() - before).toBeGreaterThan(2_500);
  });

  it('hands a call back, unsent and with the time to wait, rather than hold it for long', async () => {
    const governor = createGovernor(limits, createFakePace());
    governor.throttled(60_000);
    const refusal = await governor.admit(one, 'normal', signal).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(NotSent);
    expect(refusal).toMatchObject({ retryAfterMs: 60_000 });
  });

  it('lets go of a call that is given up while it waits', async () => {
    const governor = createGovernor([{ name: 'calls', burst: 1, perSecond: 1 }]);
    await governor.admit(one, 'normal', signal);
    const giveUp = new AbortController();
    const waiting = governor.admit(one, 'normal', giveUp.signal);
    giveUp.abort();
    await expect(waiting).rejects.toBeInstanceOf(NotSent);
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

  it('counts writes twice over, mail apart, and authentication methods besides', () => {
    expect(cost('POST', '/users')).toMatchObject({ units: 1, writes: 1 });
    expect(cost('POST', '/users/1/messages')).toEqual({ outlook: 1 });
    expect(cost('POST', '/users/1/authentication/temporaryAccessPassMethods')).toMatchObject({ writes: 1, authentication: 1 });
  });

  it('keeps below what is published for every size of tenant', () => {
    for (const [size, units] of [
      ['S', 3_500],
      ['M', 5_000],
      ['L', 8_000],
    ] as const) {
      expect(graphLimits(size).find(({ name }) => name === 'units')?.burst).toBeLessThan(units);
      expect(graphLimits(size).find(({ name }) => name === 'writes')?.burst).toBeLessThan(3_000);
    }
  });
});
