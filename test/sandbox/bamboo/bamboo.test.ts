import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startBamboo, type RunningBamboo } from '../../../sandbox/bamboo/start-bamboo.ts';
import { serve } from '../../../sandbox/foundation/serve.ts';
import type { OpenedWorld } from '../../../sandbox/foundation/open-world.ts';
import { atEnd, eventually, temporaryWorld } from '../foundation/temporary-world.ts';

type Answer = { readonly status: number; readonly headers: Headers; readonly body: Readonly<Record<string, unknown>> };
type Bamboo = {
  readonly bamboo: RunningBamboo;
  readonly staff: (method: string, path: string, body?: unknown) => Promise<Answer>;
  readonly api: (path: string, key?: string) => Promise<Answer>;
};

const grace = {
  firstName: 'Grace',
  lastName: 'Hopper',
  hireDate: '2026-12-01',
  employeeNumber: '30001',
  jobTitle: 'Engineer',
  department: 'Platform',
};

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: (text === '' ? {} : JSON.parse(text)) as Answer['body'] };
}

async function aBamboo(world: OpenedWorld = temporaryWorld()): Promise<Bamboo> {
  const bamboo = startBamboo(world);
  atEnd(bamboo.stop);
  const { url, close } = await serve(bamboo.app, { port: 0, setting: 'GATEHOUSE_TEST' });
  atEnd(close);
  return {
    bamboo,
    staff: async (method, path, body) =>
      answerOf(await fetch(`${url}/bamboo/employees${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })),
    api: async (path, key = 'sandbox-bamboo-key') => {
      const authorization = `Basic ${Buffer.from(`${key}:x`).toString('base64')}`;
      return answerOf(await fetch(`${url}/bamboo/api${path}`, { headers: { authorization, accept: 'application/json' } }));
    },
  };
}

type Post = { readonly signature: string; readonly timestamp: string; readonly raw: string };

async function aWebhook(first: number): Promise<{ readonly url: string; readonly posts: readonly Post[] }> {
  const posts: Post[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { 'x-bamboohr-signature': signature, 'x-bamboohr-timestamp': timestamp } = request.headers;
      posts.push({ signature: String(signature), timestamp: String(timestamp), raw: Buffer.concat(chunks).toString() });
      response.writeHead(posts.length === 1 ? first : 202).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/hr/bamboo`, posts };
}

describe('BambooHR', () => {
  it('answers the fields that are asked for to who has the key, and says of others why not', async () => {
    const { staff, api } = await aBamboo();
    const hopper = (await staff('POST', '', grace)).body['id'];
    const { body: lovelace } = await staff('POST', '', {
      firstName: 'Ada',
      lastName: 'Lovelace',
      hireDate: '2026-12-01',
      supervisorEId: '30001',
    });
    const fields = 'firstName,status,hireDate,terminationDate,supervisor,supervisorId,supervisorEId,jobTitle,shoeSize';
    const asked = `/v1/employees/${String(lovelace['id'])}?fields=${fields}`;
    expect((await api(asked)).body).toEqual({
      id: lovelace['id'],
      firstName: 'Ada',
      status: 'Active',
      hireDate: '2026-12-01',
      terminationDate: '0000-00-00',
      supervisor: 'Hopper, Grace',
      supervisorId: hopper,
      supervisorEId: '30001',
      jobTitle: null,
    });
    expect((await api(asked.replace('/v1', '/gateway.php/contoso/v1'))).status).toBe(200);
    expect((await api(asked, 'another')).status).toBe(401);
    const missing = await api('/v1/employees/999?fields=status');
    expect([missing.status, missing.headers.get('x-bamboohr-error-message')]).toEqual([404, 'employee not found']);
  });

  it('lists who is active, and who changed since an instant and how', async () => {
    const { staff, api } = await aBamboo(temporaryWorld(() => Date.parse('2026-11-21T08:00:00Z')));
    const [first, second] = [
      (await staff('POST', '', grace)).body['id'],
      (await staff('POST', '', { ...grace, firstName: 'Joan' })).body['id'],
    ];
    await staff('PATCH', `/${String(first)}`, { status: 'Inactive', terminationDate: '2026-11-20' });
    const { body } = await api('/v1/employees/directory');
    expect(body['employees']).toMatchObject([{ id: second, displayName: 'Joan Hopper' }]);
    expect((await staff('DELETE', `/${String(second)}`)).status).toBe(204);
    const changed = (await api('/v1/employees/changed?since=2026-11-21T08:00:00Z')).body;
    expect(changed).toMatchObject({
      latest: '2026-11-21T08:00:00+00:00',
      employees: { [String(first)]: { action: 'Updated' }, [String(second)]: { action: 'Deleted' } },
    });
    expect((await api('/v1/employees/changed?since=2026-11-21T08:00:01Z')).body['employees']).toEqual({});
    expect((await api('/v1/employees/changed?since=yesterday')).status).toBe(400);
  });

  it('posts who changed and in which fields, never values, signed over the raw body and the time, and again until it is taken', async () => {
    const { bamboo, staff } = await aBamboo();
    const { url, posts } = await aWebhook(503);
    bamboo.setWebhook(url);
    const { id } = (await staff('POST', '', grace)).body;
    await staff('PATCH', `/${String(id)}`, { jobTitle: 'Lead', department: 'Platform' });
    await staff('DELETE', `/${String(id)}`);
    await eventually(() => (posts.length >= 4 ? true : undefined));
    const events = posts.map(({ raw }) => JSON.parse(raw) as Readonly<Record<string, unknown>>);
    expect(new Set(events.map((event) => event['type']))).toEqual(new Set(['employee.created', 'employee.updated', 'employee.deleted']));
    expect(events.find((event) => event['type'] === 'employee.updated')).toMatchObject({
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      data: { companyId: 'contoso', employeeId: id, changedFields: ['jobTitle'] },
    });
    expect(JSON.stringify(events)).not.toContain('Hopper');
    for (const { signature, timestamp, raw } of posts)
      expect(signature).toBe(
        createHmac('sha256', 'sandbox-bamboo-webhook-secret')
          .update(raw + timestamp)
          .digest('hex'),
      );
    expect(bamboo.state()).toMatchObject({ employees: [], webhook: url });
  });

  it('makes no event of a change that changes nothing, and refuses what is no field of it', async () => {
    const { bamboo, staff } = await aBamboo();
    const { id } = (await staff('POST', '', grace)).body;
    expect((await staff('PATCH', `/${String(id)}`, { jobTitle: 'Engineer' })).status).toBe(200);
    const refused = await staff('POST', '', { ...grace, firstName: '', shoeSize: '42' });
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([400, expect.stringContaining('firstName')]);
    expect((bamboo.state() as { events: unknown[] }).events).toHaveLength(1);
  });
});
