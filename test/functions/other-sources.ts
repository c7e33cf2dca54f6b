import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Gatehouse, sign, until } from '../support/product.ts';
import { problemIn } from './problem.ts';

const hired = z.object({ id: z.string() });
const person = z.object({
  personId: z.string(),
  displayName: z.string(),
  engagements: z.array(z.object({ source: z.string(), workerId: z.string(), worker: z.looseObject({ status: z.string() }) })),
  runs: z.array(z.object({ workflow: z.string(), state: z.string() })),
});
const holds = z.object({ holds: z.array(z.object({ code: z.string(), message: z.string() })) });
const file = z.object({
  batchId: z.string(),
  separator: z.string(),
  rows: z.array(z.object({ line: z.number(), workerId: z.string().nullable(), status: z.string() })),
});

const mara = {
  firstName: 'Mara',
  lastName: 'Lindqvist',
  hireDate: '2030-01-15',
  employmentHistoryStatus: 'Full-Time',
  jobTitle: 'Engineer',
  department: 'Platform',
  location: 'LIS',
};

/** Sources besides the generic one: BambooHR and files, both in enforce. */
export function otherSourcesAreTakenIn(stage: () => Gatehouse): void {
  const bamboo = async (method: string, path: string, body?: object): Promise<unknown> => {
    const url = `${stage().world.settings['GATEHOUSE_HR_URL'] ?? ''}/bamboo/${path}`;
    const headers = { 'Content-Type': 'application/json' };
    const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${await response.text()}`);
    return response.status === 204 ? undefined : response.json();
  };
  const personOf = async (key: string): Promise<z.infer<typeof person> | undefined> => {
    const found = person.safeParse(
      await stage()
        .product.ask(`/api/people/${encodeURIComponent(key)}`)
        .catch(() => undefined),
    );
    return found.success ? found.data : undefined;
  };
  const isHeld = async (code: string, part: string): Promise<boolean> =>
    holds.parse(await stage().product.ask('/api/holds')).holds.some((hold) => hold.code === code && hold.message.includes(part));

  describe('BambooHR', () => {
    it('hires somebody, who becomes a person with a planned joiner run; changes and what cannot be understood follow; a deleted record waits for a person', async () => {
      await bamboo('POST', 'webhook', { url: `${stage().product.url}/api/hr/bamboo` });
      const { id } = hired.parse(await bamboo('POST', 'employees', mara));
      await until('the hire is known', async () => (await personOf(`bamboo:${id}`)) !== undefined);
      expect(await personOf(`bamboo:${id}`)).toMatchObject({
        displayName: 'Mara Lindqvist',
        engagements: [{ source: 'bamboo', workerId: id, worker: { status: 'active', jobTitle: 'Engineer', location: { code: 'LIS' } } }],
        runs: [{ workflow: 'joiner-hybrid', state: 'planned' }],
      });

      await bamboo('PATCH', `employees/${id}`, { jobTitle: 'Staff Engineer' });
      const titleOf = async () => (await personOf(`bamboo:${id}`))?.engagements[0]?.worker['jobTitle'];
      await until('the new title is known', async () => (await titleOf()) === 'Staff Engineer');

      await bamboo('PATCH', `employees/${id}`, { employmentHistoryStatus: 'Freelance' });
      await until('the unknown status is held', () => isHeld('record-invalid', 'employmentHistoryStatus is “Freelance”'));

      await bamboo('DELETE', `employees/${id}`);
      await until('the deleted record is held', () => isHeld('record-vanished', `bamboo:${id}`));
      expect((await personOf(`bamboo:${id}`))?.engagements[0]?.worker.status).toBe('active');
    });

    it('is answered 401 without its signature, and 400 where files are sent to it', async () => {
      const unsigned = await stage().request('/api/hr/bamboo', { method: 'POST', body: '{}' });
      expect(await problemIn(unsigned)).toMatchObject({
        status: 401,
        code: 'signature-invalid',
        detail: expect.stringContaining('X-BambooHR-Signature'),
      });
      const body = '{}';
      const asGeneric = await stage().request('/api/hr/bamboo', {
        method: 'POST',
        body,
        headers: { 'Gatehouse-Signature': sign(body, Date.now()) },
      });
      expect(asGeneric.status).toBe(401);
      expect(await problemIn(await stage().request('/api/hr/bamboo/csv', { method: 'POST', body: 'a' }))).toMatchObject({
        status: 400,
        code: 'input-invalid',
      });
    });
  });

  describe('A file of workers', () => {
    const send = async (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): Promise<Response> => {
      const token = await stage().token({ client: 'operator' });
      return stage().request('/api/hr/csv/csv', { method: 'POST', body, headers: { Authorization: `Bearer ${token}`, ...headers } });
    };
    const header = 'Worker ID;Status;Worker type;First name;Last name;Hire date;Location\n';

    it('is taken from an operator: good lines become people, the same file again is a duplicate', async () => {
      const workerId = `C-${randomUUID().slice(0, 8)}`;
      const text = `${header}${workerId};active;contractor;Ana;Reis;2030-02-01;LIS\nC-2;aktiv;contractor;Jörg;Weiß;2030-02-01;LIS\n`;
      const first = await send(text);
      expect(first.status).toBe(202);
      expect(file.parse(await first.json())).toMatchObject({
        separator: 'semicolon',
        rows: [
          { line: 2, workerId, status: 'accepted' },
          { line: 3, workerId: 'C-2', status: 'invalid' },
        ],
      });
      await until('the contractor is known', async () => (await personOf(`csv:${workerId}`)) !== undefined);
      expect(await personOf(`csv:${workerId}`)).toMatchObject({
        displayName: 'Ana Reis',
        runs: [{ workflow: 'joiner-cloud', state: 'planned' }],
      });
      const again = await send(text);
      expect(again.status).toBe(200);
      expect(file.parse(await again.json()).rows[0]).toMatchObject({ status: 'duplicate' });
    });

    it('is refused without an operator, in another encoding, without its columns, too large, and as an event', async () => {
      expect((await send(header, { Authorization: '' })).status).toBe(401);
      const reader = await stage().token({ client: 'reader' });
      expect((await send(header, { Authorization: `Bearer ${reader}` })).status).toBe(403);
      expect(await problemIn(await send('Name\nAna\n'))).toMatchObject({
        status: 400,
        detail: expect.stringContaining('no column for workerId'),
      });
      expect(JSON.stringify(await stage().product.ask('/api/events'))).toContain('no column for workerId');
      expect(await problemIn(await send(Buffer.from(`${header}1;active;employee;Zoë;;2030-01-01;LIS`, 'latin1')))).toMatchObject({
        detail: expect.stringContaining('Windows-1252'),
      });
      expect(await problemIn(await send('x'.repeat(10_000_001)))).toMatchObject({ status: 413, code: 'body-too-large' });
      expect(await problemIn(await stage().deliver({ id: 'x' }, 'csv'))).toMatchObject({
        status: 400,
        detail: expect.stringContaining('/api/hr/csv/csv'),
      });
    });
  });
}
