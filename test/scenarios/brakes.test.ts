import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { company } from '../../sandbox/company/company.ts';
import { type Gatehouse, startGatehouse, until } from '../support/product.ts';
import { accountsOf, sentMails } from './accounts.ts';
import { runsOf, untilRun } from './runs.ts';

const holdsAnswer = z.object({ holds: z.array(z.object({ id: z.string(), kind: z.string(), code: z.string(), message: z.string() })) });
const requests = z.array(z.object({ kind: z.string(), operation: z.string() }));
/** Over everywhere, so that all of it is due at once. */
const lastDay = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);

// The whole product, over HTTP: half of the company is terminated by one file.
describe('An HR file in which half of the company is suddenly terminated', { timeout: 120_000 }, () => {
  let gatehouse: Gatehouse;
  beforeAll(async () => {
    gatehouse = await startGatehouse();
  }, 120_000);
  afterAll(() => gatehouse.stop());

  // As HR takes them: those who are active, in the order of their ids, the chief executive aside.
  const terminated = company
    .map(({ workerId }) => workerId)
    .filter((id) => id !== '10001')
    .toSorted()
    .slice(0, 30);
  const [one = '', other = ''] = terminated.filter((id) => id >= '10020');
  const holds = async () => holdsAnswer.parse(await gatehouse.product.ask('/api/holds')).holds.filter(({ kind }) => kind === 'batch');
  const call = async (path: string, body: unknown, client = 'operator') =>
    gatehouse.request(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { Authorization: `Bearer ${await gatehouse.token({ client })}` },
    });
  /** Every write to a target, but those of the mail and of the order for notices. */
  const writes = async () => {
    const found: string[] = [];
    for (const system of ['graph', 'oci', 'directory'])
      for (const { kind, operation } of requests.parse(await gatehouse.world.get(`/requests/${system}?since=0`)))
        if (kind === 'write' && !/^(messages|subscriptions)\.|token|bind|search/i.test(operation)) found.push(operation);
    return found;
  };
  const states = async (workerIds: readonly string[]) => {
    const found = await Promise.all(
      workerIds.map(async (id) => (await runsOf(gatehouse, id)).find(({ workflow }) => workflow === 'leaver-contain')?.state),
    );
    return Object.fromEntries([...new Set(found)].map((state) => [state, found.filter((is) => is === state).length]));
  };

  it('trips the brake before the first effect: nothing is written, all of it is held as one question, and the operators get one mail', async () => {
    const headers = { Authorization: 'Bearer sandbox-hr-api-key', 'Content-Type': 'application/json' };
    const url = `${gatehouse.world.settings['GATEHOUSE_HR_URL'] ?? ''}/hr/v1/mass-termination`;
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ count: 30, lastDay }) });
    expect(response.ok).toBe(true);
    await until('it is held', async () => (await holds()).length === 1);
    expect((await holds())[0]?.message).toMatch(/would “contain” 30 of its 60 people; the brake is at 8\. Nothing of it was begun\./);
    await until('the operators are told', async () =>
      (await sentMails(gatehouse)).some(({ to }) => to.includes('helpdesk@contoso.example')),
    );
    expect(await states(terminated)).toEqual({ held: 30 });
    expect(await writes()).toEqual([]);
    expect((await sentMails(gatehouse)).map(({ to, subject }) => [to, subject])).toEqual([
      [['helpdesk@contoso.example'], 'Gatehouse holds something: please decide'],
    ]);
  });

  it('is not let go of by a correction of one of them', async () => {
    await gatehouse.change(other, { jobTitle: 'Corrected' });
    await until('it is known', async () => JSON.stringify(await gatehouse.product.ask(`/api/people/${other}`)).includes('Corrected'));
    expect(await states(terminated)).toEqual({ held: 30 });
    expect(await writes()).toEqual([]);
  });

  it('is decided by operators who say why: not without a reason, and not by a reader', async () => {
    const path = `/api/holds/${(await holds())[0]?.id ?? ''}`;
    expect((await call(`${path}/resume`, {})).status).toBe(400);
    expect((await call(`${path}/cancel`, { reason: '' })).status).toBe(400);
    expect((await call(`${path}/resume`, { reason: 'I would like to' }, 'reader')).status).toBe(403);
    expect((await call(`${path}/cancel`, { reason: 'I would like to' }, 'reader')).status).toBe(403);
    expect(await states(terminated)).toEqual({ held: 30 });
  });

  it('has one person’s part carried out when that is resumed, and the rest ended when that is cancelled', async () => {
    const path = `/api/holds/${(await holds())[0]?.id ?? ''}`;
    expect((await call(`${path}/resume`, { reason: 'This one has left.', person: one })).status).toBe(200);
    const cancelled = await call(`${path}/cancel`, { reason: 'HR sent the wrong file.' });
    expect(cancelled.status).toBe(200);
    expect(await holds()).toEqual([]);
    await untilRun(gatehouse, one, 'done', 'leaver-contain');
    const { ad, entra } = await accountsOf(gatehouse, one);
    expect([ad?.isEnabled, entra?.accountEnabled]).toEqual([false, false]);
    expect(await states(terminated.filter((id) => id !== one))).toEqual({ cancelled: 29 });
    const still = await accountsOf(gatehouse, other);
    expect([still.ad?.isEnabled, still.entra?.accountEnabled]).toEqual([true, true]);
  });
});
