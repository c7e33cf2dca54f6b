import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bambooFields } from '../../../shared/config/default-fields.ts';
import type { BambooHrConfig } from '../../../shared/config/systems.ts';
import { createBambooHrApi } from '../../../shared/connectors/bamboohr/create-bamboohr-api.ts';
import { createBambooHrSource } from '../../../shared/connectors/bamboohr/create-bamboohr-source.ts';
import type { Acceptance } from '../../../shared/operations/accept-events.ts';
import type { OperationDeps } from '../../../shared/operations/deps.ts';
import { foldEvent } from '../../../shared/operations/fold-event.ts';
import { acceptNotices } from '../../../shared/operations/intake/accept-notices.ts';
import { takeBaseline } from '../../../shared/operations/take-baseline.ts';
import { bambooKey, type BambooServer, startBambooServer } from '../../connectors/bamboohr/bamboo-server.ts';
import { type PushOnly, pushOnlyProduct, secret } from '../push-only.ts';

const source: BambooHrConfig = {
  id: 'bamboo',
  kind: 'bamboohr',
  allow: [],
  mode: 'enforce',
  webhookSecret: 'bamboo-webhook',
  reread: { urlSetting: 'GATEHOUSE_BAMBOO_URL', urlDefault: 'http://127.0.0.1:1', secret: 'bamboo-key' },
  fields: bambooFields,
};

let product: PushOnly;
let server: BambooServer;
let operations: OperationDeps;
beforeAll(async () => {
  [product, server] = await Promise.all([pushOnlyProduct(), startBambooServer()]);
  const api = createBambooHrApi({ baseUrl: server.url }, () => Promise.resolve(bambooKey));
  operations = {
    ...product.operations,
    rules: { ...product.operations.rules, modeOf: () => source.mode },
    sources: new Map([['bamboo', createBambooHrSource(api, bambooFields)]]),
  };
  // Nobody is there yet at the first look: whoever comes later is a hire.
  await takeBaseline(operations, 'bamboo');
}, 120_000);
afterAll(async () => {
  await product.close();
  await server.stop();
});

const mara = {
  status: 'Active',
  employmentHistoryStatus: 'Full-Time',
  firstName: 'Mara',
  lastName: 'Lindqvist',
  hireDate: '2026-12-01',
  jobTitle: 'Engineer',
  location: 'LIS',
};
let second = 0;
const notice = (employeeId: string, type = 'employee.updated', changedFields: readonly string[] = ['jobTitle']) => {
  second += 1;
  const timestamp = `2026-11-21T11:59:${String(second % 60).padStart(2, '0')}+0000`;
  return { type, timestamp, data: { companyId: '12345', employeeId, changedFields } };
};

const sign = (body: string, timestamp: string, key = secret): string =>
  createHmac('sha256', key).update(`${body}${timestamp}`).digest('hex');
const seconds = (ms = product.time.now): string => String(Math.floor(ms / 1000));
const post = (body: string, timestamp: string | undefined, signature: string | undefined): Promise<Acceptance> =>
  acceptNotices(product.intake, source, { source: 'bamboo', rawBody: Buffer.from(body), timestamp, signature });
const deliver = (body: unknown): Promise<Acceptance> => {
  const text = JSON.stringify(body);
  return post(text, seconds(), sign(text, seconds()));
};

async function inbox(acceptance: Acceptance, index = 0) {
  return product.registry.stores.inbox.byId(acceptance.events[index]?.inboxId ?? '');
}
async function tell(body: unknown) {
  const taken = await deliver(body);
  await foldEvent(operations, taken.events[0]?.inboxId ?? '');
  return inbox(taken);
}
async function holdOf(inboxId: string | undefined) {
  return (await product.registry.stores.holds.open(500)).find(({ reference }) => reference === inboxId);
}
async function workerOf(workerId: string) {
  const owner = await product.registry.stores.people.ownerOf('bamboo', workerId);
  return owner === undefined ? undefined : (await product.registry.stores.people.engagements(owner))[0]?.worker;
}

describe('A webhook of BambooHR', () => {
  it('is kept as a hint that says who changed and when, once: the same again is a duplicate', async () => {
    const said = notice('501', 'employee.created', []);
    const taken = await deliver(said);
    expect(taken).toMatchObject({ isBatch: false, events: [{ status: 'accepted' }] });
    expect(await inbox(taken)).toMatchObject({
      source: 'bamboo',
      workerId: '501',
      state: 'received',
      urgent: false,
      occurredAt: Date.parse('2026-11-21T11:59:01Z'),
    });
    expect(JSON.parse((await inbox(taken))?.body ?? '')).toEqual({ kind: 'hint', type: 'created', workerId: '501', changedFields: [] });
    expect(await deliver(said)).toMatchObject({ events: [{ status: 'duplicate', inboxId: taken.events[0]?.inboxId }] });
    expect(await deliver({ ...said, timestamp: '2026-11-21T11:58:00+0000' })).toMatchObject({ events: [{ status: 'accepted' }] });
  });

  it('goes ahead of others when what changed may end access', async () => {
    const urgent = async (fields: readonly string[]) => (await inbox(await deliver(notice('502', 'employee.updated', fields))))?.urgent;
    expect(await Promise.all([['status'], ['jobTitle', 'terminationDate'], ['employmentHistoryStatus'], ['jobTitle']].map(urgent))).toEqual(
      [true, true, true, false],
    );
  });

  it('may list employees with their fields, each answered on its own; the fields are not believed', async () => {
    const one = {
      id: '503',
      action: 'Updated',
      timestamp: '2026-11-21T11:30:00+0000',
      changedFields: ['jobTitle'],
      fields: { jobTitle: { value: 'Chief' } },
    };
    const taken = await deliver({ employees: [one, { ...one, id: 504, action: 'Promoted' }, { ...one, id: 504 }] });
    expect(taken.isBatch).toBe(true);
    expect(taken.events.map(({ status }) => status)).toEqual(['accepted', 'invalid', 'accepted']);
    expect(taken.events[1]?.problems).toEqual([{ field: 'action', problem: expect.stringContaining('created, updated, deleted') }]);
    const [first, other] = [await inbox(taken), await inbox(taken, 2)];
    expect([first?.batchId, other?.workerId]).toEqual([other?.batchId, '504']);
    expect(first?.body).not.toContain('Chief');
  });

  it('is refused, and nothing of it kept, when it is not signed, signed with another key, changed, or sent again after five minutes', async () => {
    const body = JSON.stringify(notice('505'));
    const now = product.time.now;
    const attempts: readonly (readonly [string, string | undefined, string | undefined])[] = [
      [body, undefined, undefined],
      [body, seconds(), undefined],
      [body, undefined, sign(body, seconds())],
      [body, seconds(), sign(body, seconds(), 'another-key')],
      [`${body} `, seconds(), sign(body, seconds())],
      [body, seconds(now + 1000), sign(body, seconds())],
      [body, seconds(), createHmac('sha256', secret).update(`${seconds()}.${body}`).digest('hex')],
      [body, seconds(now - 301_000), sign(body, seconds(now - 301_000))],
      [body, seconds(now + 302_000), sign(body, seconds(now + 302_000))],
      [body, 'yesterday', sign(body, 'yesterday')],
      [body, seconds(), `${sign(body, seconds())}00`],
    ];
    for (const [text, timestamp, signature] of attempts)
      await expect(post(text, timestamp, signature), `${timestamp} ${signature}`).rejects.toMatchObject({ code: 'signature-invalid' });
    const instant = new Date(now - 290_000).toISOString();
    expect(await post(body, instant, sign(body, instant))).toMatchObject({ events: [{ status: 'accepted' }] });
  });

  it('names what is wrong with it, and is kept among the refused', async () => {
    expect(
      (await deliver({ type: 'employee.promoted', timestamp: 'now', data: {} })).events[0]?.problems?.map(({ field }) => field),
    ).toEqual(['type', 'timestamp', 'data.employeeId']);
    expect((await deliver(notice('506\0'))).events[0]).toMatchObject({ status: 'invalid', problems: [{ field: 'workerId' }] });
    expect((await deliver({ ...notice('506'), timestamp: '2026-11-21T12:06:00+0000' })).events[0]).toMatchObject({ status: 'invalid' });
    const form = 'type=employee.updated';
    await expect(post(form, seconds(), sign(form, seconds()))).rejects.toMatchObject({
      code: 'input-invalid',
      message: expect.stringContaining('not JSON'),
    });
    expect((await product.registry.stores.inbox.rejected(1))[0]).toMatchObject({ source: 'bamboo', excerpt: form });
    await expect(deliver({ employees: [] })).rejects.toMatchObject({ code: 'input-invalid' });
  });

  it('makes a hire a person whose joining is planned, from the record as BambooHR has it now', async () => {
    server.employees.set('600', { ...mara, jobTitle: 'Platform Engineer' });
    expect(await tell(notice('600', 'employee.created', []))).toMatchObject({
      state: 'folded',
      reason: expect.stringContaining('joiner-hybrid'),
    });
    expect(await workerOf('600')).toMatchObject({ workerType: 'employee', name: { given: 'Mara' }, jobTitle: 'Platform Engineer' });
    const personId = (await product.registry.stores.people.ownerOf('bamboo', '600')) ?? '';
    expect(await product.registry.stores.runs.list({ personId, limit: 5 })).toMatchObject([
      { workflow: 'joiner-hybrid', state: 'planned' },
    ]);
  });

  it('that comes late or out of order still tells what BambooHR has now', async () => {
    server.employees.set('601', mara);
    const [late, early] = [notice('601'), notice('601', 'employee.created', [])];
    await tell(early);
    server.employees.set('601', { ...mara, jobTitle: 'Staff Engineer' });
    product.time.now += 1000;
    expect(await tell(late)).toMatchObject({ state: 'folded' });
    expect(await workerOf('601')).toMatchObject({ jobTitle: 'Staff Engineer' });
  });

  it('about a contractor who has left keeps that they were a contractor', async () => {
    server.employees.set('602', { ...mara, employmentHistoryStatus: 'Contractor', hireDate: '2026-01-01' });
    await tell(notice('602', 'employee.created', []));
    server.employees.set('602', {
      ...mara,
      hireDate: '2026-01-01',
      status: 'Inactive',
      employmentHistoryStatus: 'Terminated',
      terminationDate: '2026-11-20',
    });
    product.time.now += 1000;
    await tell(notice('602', 'employee.updated', ['status', 'terminationDate']));
    expect(await workerOf('602')).toMatchObject({ status: 'terminated', workerType: 'contractor', lastDay: '2026-11-20' });
  });

  it('about a record that cannot be understood is held, and the hold names the field', async () => {
    server.employees.set('603', { ...mara, status: 'On hold' });
    const row = await tell(notice('603'));
    expect(row).toMatchObject({ state: 'held' });
    expect(await holdOf(row?.inboxId)).toMatchObject({
      kind: 'event',
      code: 'record-invalid',
      message: expect.stringContaining('status is “On hold”'),
    });
    expect(await workerOf('603')).toBeUndefined();
  });

  it('about a record that vanished is held for a person to decide, and makes nobody a leaver', async () => {
    server.employees.set('604', { ...mara, hireDate: '2026-01-01' });
    await tell(notice('604', 'employee.created', []));
    for (const [id, type] of [
      ['604', 'employee.deleted'],
      ['605', 'employee.updated'],
    ] as const) {
      const row = await tell(notice(id, type));
      expect(row, id).toMatchObject({ state: 'held' });
      expect(await holdOf(row?.inboxId), id).toMatchObject({ code: 'record-vanished', message: expect.stringContaining(`bamboo:${id}`) });
    }
    expect(await workerOf('604')).toMatchObject({ status: 'active' });
  });

  it('waits while BambooHR cannot be read', async () => {
    const taken = await deliver(notice('606'));
    const away = createBambooHrSource(
      createBambooHrApi({ baseUrl: server.url }, () => Promise.resolve('a-wrong-key')),
      bambooFields,
    );
    const folding = foldEvent({ ...operations, sources: new Map([['bamboo', away]]) }, taken.events[0]?.inboxId ?? '');
    await expect(folding).rejects.toMatchObject({ code: 'target-forbidden' });
    expect(await inbox(taken)).toMatchObject({ state: 'received' });
  });
});
