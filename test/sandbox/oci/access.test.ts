import { describe, expect, it } from 'vitest';
import { rateLimit } from '../../../sandbox/oci/rate-limit.ts';
import { anOciClient, aUser, requestToken } from './oci-client.ts';

describe('access to the identity domain', () => {
  it("needs the client's secret and the scope for a token", async () => {
    const { url } = await anOciClient();
    expect((await requestToken(url)).status).toBe(200);
    expect((await requestToken(url, 'wrong')).status).toBe(401);
    expect(await (await requestToken(url, 'sandbox-oci-secret', 'openid')).json()).toMatchObject({ error: 'invalid_scope' });
  });

  it('is refused without a token of this domain', async () => {
    const { url } = await anOciClient();
    expect((await fetch(`${url}/admin/v1/Users`)).status).toBe(401);
    expect((await fetch(`${url}/admin/v1/Users`, { headers: { Authorization: 'Bearer mine' } })).status).toBe(401);
  });

  it("masks the token and never records the client's secret", async () => {
    const { world } = await anOciClient();
    const recorded = JSON.stringify(world.requests.since('oci', 0));
    expect(recorded).toContain('"access_token":"***"');
    expect(recorded).not.toContain('sandbox-oci-secret');
  });

  it("is held to the rate of the Premium tier, unless the world's settings lift it", async () => {
    const { world, call } = await anOciClient(() => 0);
    const statuses = async () =>
      (await Promise.all(Array.from({ length: 100 }, () => call('GET', '/Groups?count=1')))).map(({ status }) => status);
    const limited = await statuses();
    expect(limited.filter((status) => status === 200)).toHaveLength(90);
    expect(limited.filter((status) => status === 429)).toHaveLength(10);
    world.changeSettings({ oci: { quota: 'none' } });
    expect(new Set(await statuses())).toEqual(new Set([200]));
  });

  it('loses an answer after the commit when a fault says so, and the user is there', async () => {
    const { world, call } = await anOciClient();
    world.faults.add({
      system: 'oci',
      operation: 'scim.createUser',
      object: 'zoe.obrien',
      nth: 1,
      times: 1,
      phase: 'after',
      effect: { reset: true },
    });
    await expect(call('POST', '/Users', aUser())).rejects.toThrow('fetch failed');
    expect((await call('POST', '/Users', aUser())).status).toBe(409);
  });
});

describe('a rate limit', () => {
  it('admits the published number in any second and in any minute', () => {
    let now = 0;
    const limit = rateLimit({ perSecond: 2, perMinute: 4 }, () => now);
    const admitted = [0, 10, 20, 999, 1000, 1009, 1010, 2500, 59_999, 60_000, 60_010].map((time) => {
      now = time;
      return limit.admit();
    });
    expect(admitted).toEqual([true, true, false, false, true, false, true, false, false, true, true]);
  });
});
