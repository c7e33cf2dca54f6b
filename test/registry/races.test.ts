import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { company } from '../../sandbox/company/company.ts';
import { directoryState } from '../../sandbox/directory/directory-state.ts';
import { type RunningSandbox, startSandbox } from '../../sandbox/start-sandbox.ts';
import type { Registry } from '../../shared/ports/registry/registry.ts';
import { openRegistry } from '../../shared/registry/open-registry.ts';
import { postgresPrograms, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { productEnvironment } from '../support/product-environment.ts';
import { aCreate, anEvent, aRun, fresh } from './contract/samples.ts';
import type { Order } from './product-process.ts';
import { type ProductProcess, startProductProcess } from './two-products.ts';

const today = new Date().toISOString().slice(0, 10);
const hired = {
  status: 'active',
  workerType: 'employee',
  hireDate: today,
  managerId: '10001',
  department: 'Sales',
  location: { code: 'LON', city: 'London', country: 'GB' },
};

describe.skipIf(postgresPrograms === undefined)('Two product processes on one PostgreSQL', () => {
  let postgres: TestPostgres;
  let folder: string;
  let sandbox: RunningSandbox;
  let registry: Registry;
  let two: readonly ProductProcess[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-races-'));
    [postgres, sandbox] = await Promise.all([
      startPostgres(),
      startSandbox({ dataDir: join(folder, 'sandbox'), ports: { control: 0, graph: 0, oci: 0, ldap: 0, ldaps: 0 } }),
    ]);
    sandbox.world.changeSettings({ cloudSync: { intervalMs: 100 } });
    const url = await postgres.database();
    registry = await openRegistry({ url, poolSize: 2 });
    const start = (name: string) => startProductProcess({ ...productEnvironment(sandbox, join(folder, name)), DATABASE_URL: url });
    two = await Promise.all([start('a'), start('b')]);
  }, 120_000);
  afterAll(async () => {
    await Promise.all(two.map((product) => product.stop()));
    await registry.close();
    await sandbox.stop();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** Has both do the same at once. */
  const both = (...orders: readonly Order[]): Promise<readonly (readonly unknown[])[]> =>
    Promise.all(two.map((product, index) => Promise.all((index === 0 ? orders : orders.toReversed()).map((order) => product.ask(order)))));

  async function take(worker: { readonly workerId: string } & Readonly<Record<string, unknown>>): Promise<string> {
    const eventId = fresh('evt');
    const body = JSON.stringify({ id: eventId, occurredAt: new Date().toISOString(), worker: { ...hired, ...worker } });
    const [taken] = await registry.stores.inbox.take([anEvent({ eventId, workerId: worker.workerId, occurredAt: Date.now(), body })]);
    return taken?.inboxId ?? '';
  }

  const foldings = async (inboxId: string): Promise<number> => {
    const rows = await registry.stores.audit.list({ after: 0, limit: 100_000 });
    return rows.filter(({ action, detail }) => action === 'event.folded' && detail['inboxId'] === inboxId).length;
  };

  it('look at the company for the first time at once: everybody is known once, every account belongs to one person', async () => {
    await both({ do: 'baseline' });
    expect(await registry.stores.people.count()).toBe(company.length);
    for (const { workerId, adObjectGuid } of company) {
      const owner = await registry.stores.people.ownerOf('generic', workerId);
      expect(owner).toBeDefined();
      if (adObjectGuid !== null) expect(await registry.stores.links.ownerOf('ad:contoso', adObjectGuid)).toBe(owner);
    }
  }, 120_000);

  it('fold the same events at once: each counts once, with one person and one run', async () => {
    const workerIds = Array.from({ length: 8 }, (_, index) => `7000${index}`);
    const inboxIds: string[] = [];
    for (const workerId of workerIds) inboxIds.push(await take({ workerId, name: { given: 'Folded', family: `Person ${workerId}` } }));
    const before = await registry.stores.people.count();
    await both(...inboxIds.map((inboxId) => ({ do: 'fold', inboxId }) as const));
    expect(await registry.stores.people.count()).toBe(before + workerIds.length);
    for (const [index, workerId] of workerIds.entries()) {
      const personId = (await registry.stores.people.ownerOf('generic', workerId)) ?? '';
      expect(await foldings(inboxIds[index] ?? '')).toBe(1);
      expect(await registry.stores.runs.list({ personId, limit: 10 })).toHaveLength(1);
    }
  }, 120_000);

  it('fold different events of one new worker at once: one person, no fact lost, the newest counts', async () => {
    const worker = { workerId: '70020', name: { given: 'One', family: 'Person' } };
    const early = await take({ ...worker, jobTitle: 'Seller' });
    await new Promise((resume) => setTimeout(resume, 2));
    const late = await take({ ...worker, jobTitle: 'Buyer' });
    await Promise.all([two[0]?.ask({ do: 'fold', inboxId: late }), two[1]?.ask({ do: 'fold', inboxId: early })]);
    const personId = (await registry.stores.people.ownerOf('generic', '70020')) ?? '';
    const [engagement, ...others] = await registry.stores.people.engagements(personId);
    expect(engagement?.worker.jobTitle).toBe('Buyer');
    expect(others).toEqual([]);
    const planned = await registry.stores.runs.list({ personId, state: 'planned', limit: 10 });
    expect(planned).toHaveLength(1);
  });

  it('start what is due at once: every run is started exactly once', async () => {
    const [one, other] = await both({ do: 'start' }, { do: 'start' });
    const started = [one, other].flat(2) as string[];
    expect(started.length).toBeGreaterThanOrEqual(9);
    expect(new Set(started).size).toBe(started.length);
    expect(started.every((instanceId) => instanceId.endsWith('.1'))).toBe(true);
    expect(await registry.stores.runs.startable(Date.now(), 100)).toEqual([]);
  });

  it('claim runs at once: the attempt that was started may, an older one never', async () => {
    const run = await aRun(registry, {
      dueAt: 0,
      definitionHash: (await registry.stores.runs.list({ limit: 1 }))[0]?.definitionHash ?? '',
    });
    await registry.transaction((stores) => stores.runs.beginStart(run.id, Date.now()));
    const answers = await both({ do: 'claim', runId: run.id, attempt: 1 }, { do: 'claim', runId: run.id, attempt: 0 });
    expect(answers).toEqual([
      ['claimed', 'ended'],
      ['ended', 'claimed'],
    ]);
  });

  it('commit to the same change at once: one has it, the others wait', async () => {
    const run = await aRun(registry);
    const order = { do: 'open', runId: run.id, personId: run.personId, change: aCreate(run.personId) } as const;
    const answers = (await both(order, order, order)).flat();
    expect(answers.filter((answer) => answer === 'committed')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'busy')).toHaveLength(5);
  });

  it('want the same name for two people at once: one gets it, the other is told to choose again', async () => {
    const names = [{ scope: 'upn', attribute: 'userPrincipalName', value: 'x', folded: fresh('name') }];
    const runs = [await aRun(registry), await aRun(registry)];
    const orders = runs.map(
      (run) => ({ do: 'open', runId: run.id, personId: run.personId, change: aCreate(run.personId, names) }) as const,
    );
    const answers = await Promise.all(two.map((product, index) => product.ask(orders[index] ?? { do: 'baseline' })));
    expect(new Set(answers)).toEqual(new Set(['committed', 'name-taken']));
  });

  it('spend one budget at once: it is never overspent, and all of it can be spent', async () => {
    const key = fresh('budget');
    const references = (name: string) => Array.from({ length: 15 }, (_, index) => `${name}-${index}`);
    const answers = await Promise.all(
      two.map((product, index) => product.ask({ do: 'reserve', key, references: references(String(index)), limit: 20 })),
    );
    expect(answers.flat().filter((booked) => booked === true)).toHaveLength(20);
  });

  it('hire two John Smiths in the same second: both work, under different names', async () => {
    const workerIds = ['70030', '70031'];
    const inboxIds: string[] = [];
    for (const workerId of workerIds) inboxIds.push(await take({ workerId, name: { given: 'John', family: 'Smith' } }));
    await Promise.all(two.map((product, index) => product.ask({ do: 'fold', inboxId: inboxIds[index] ?? '' })));
    const people = await Promise.all(workerIds.map(async (workerId) => (await registry.stores.people.ownerOf('generic', workerId)) ?? ''));
    const ends = await Promise.all(two.map((product, index) => product.ask({ do: 'carry-out', personId: people[index] ?? '' })));
    expect(ends).toEqual([['done'], ['done']]);
    const accounts = directoryState(sandbox.world).objects.filter((entry) => workerIds.includes(String(entry['employeeID'])));
    const values = (name: string) => new Set(accounts.map((entry) => String(entry[name]).toLowerCase()));
    expect(accounts).toHaveLength(2);
    for (const name of ['sAMAccountName', 'userPrincipalName', 'cn', 'mail']) expect(values(name).size, name).toBe(2);
  }, 120_000);
});
