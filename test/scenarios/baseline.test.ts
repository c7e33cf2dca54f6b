import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Gatehouse, startGatehouse, until } from '../support/product.ts';
import { sized } from '../support/full-size.ts';
import { accountsOf } from './accounts.ts';
import { runsOf, untilRun } from './runs.ts';

const people = sized(200, 1000);
const counted = z.record(z.string(), z.object({ writes: z.number() }));
const holdsAnswer = z.object({
  holds: z.array(z.object({ id: z.string(), kind: z.string(), reference: z.string(), approvals: z.number() })),
});
const decided = z.object({ state: z.string() });
const links = z.object({ accounts: z.array(z.object({ target: z.string() })) });
const plan = z.object({
  people: z.number(),
  peopleWithChanges: z.number(),
  summary: z.array(z.object({ target: z.string(), effect: z.string(), changes: z.number() })),
});

/** The shipped configuration, in which everything only looks. */
function observingConfig(folder: string): string {
  const config = join(folder, 'config');
  cpSync(resolve(import.meta.dirname, '../../config'), config, { recursive: true });
  const files = ['sources.yaml', 'targets.yaml', ...readdirSync(join(config, 'workflows')).map((file) => join('workflows', file))];
  for (const file of files) {
    const path = join(config, file);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('mode: enforce', 'mode: observe'));
  }
  return config;
}

describe(`A company of ${people}`, { timeout: 90_000 }, () => {
  let gatehouse: Gatehouse;
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-observing-'));
  beforeAll(async () => {
    gatehouse = await startGatehouse({ people, environment: { GATEHOUSE_CONFIG_DIR: observingConfig(folder) } });
  }, 240_000);
  afterAll(async () => {
    await gatehouse.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Nothing was written to any system. What HR's own staff enter in HR is theirs. */
  const nothing = async () => {
    const { graph, oci, directory } = counted.parse(await gatehouse.world.get('/counters'));
    expect([graph?.writes, oci?.writes, directory?.writes]).toEqual([0, 0, 0]);
    const inHr = z.array(z.object({ operation: z.string() })).parse(await gatehouse.world.get('/requests/hr?since=0'));
    expect(inHr.filter(({ operation }) => operation === 'workContacts.put')).toEqual([]);
  };
  const call = async (path: string, client: string, body: unknown) =>
    gatehouse.request(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { Authorization: `Bearer ${await gatehouse.token({ client })}` },
    });
  const raised = async () => holdsAnswer.parse(await gatehouse.product.ask('/api/holds')).holds.filter(({ kind }) => kind === 'mode');
  const resume = async (id: string, client: string) => {
    const response = await call(`/api/holds/${id}/resume`, client, { reason: 'The plan was looked at.' });
    expect(response.status).toBe(200);
    return decided.parse(await response.json()).state;
  };

  it('is brought in without a single change: everybody is known with their accounts, and nothing was written anywhere', async () => {
    for (const workerId of ['10009', '110001', '210006']) {
      const { accounts } = links.parse(await gatehouse.product.ask(`/api/people/${workerId}`));
      expect(accounts.length, workerId).toBeGreaterThanOrEqual(1);
    }
    await nothing();
  });

  it('has nothing done to it while all is observed, whatever HR says and whoever asks', async () => {
    await gatehouse.change('10009', { department: 'Finance' });
    await gatehouse.change('20003', { status: 'terminated', lastDay: '2026-01-31' });
    await until('both are known', async () => {
      const events = z.object({ counts: z.record(z.string(), z.number()) }).parse(await gatehouse.product.ask('/api/events'));
      return (events.counts['folded'] ?? 0) >= 2;
    });
    expect(await runsOf(gatehouse, '10009')).toEqual([]);
    const onDemand = await call('/api/runs', 'operator', { workflow: 'contain-now', people: ['20003'], reason: 'to see' });
    expect(onDemand.ok).toBe(false);
    await gatehouse.runTimer('sweep-leavers-nightly');
    await until('the sweep has ended', async () => {
      const { sweep } = z
        .object({ sweep: z.object({ endedAt: z.string().nullable() }).nullable() })
        .parse(await gatehouse.product.ask('/api/sweep'));
      return sweep?.endedAt != null;
    });
    await nothing();
  });

  it('is shown what enforcing would do, and still nothing is written', async () => {
    // One in six is a contractor, with another number.
    const sample = ['10009', ...Array.from({ length: 47 }, (_, index) => String((index % 6 === 5 ? 210_001 : 110_001) + index))];
    const response = await call('/api/plans', 'operator', { workflow: 'mover', people: sample });
    const answer: unknown = await response.json();
    expect(response.status, JSON.stringify(answer)).toBe(200);
    const shown = plan.parse(answer);
    expect(shown.people).toBe(sample.length);
    expect(shown.peopleWithChanges).toBeGreaterThan(0);
    expect(shown.summary.some(({ target, effect }) => target === 'ad:contoso' && effect === 'attribute')).toBe(true);
    await nothing();
  });

  it('is enforced by two people: the configuration alone changes nothing, nor does one of them twice', async () => {
    cpSync(resolve(import.meta.dirname, '../../config'), join(folder, 'config'), { recursive: true });
    await gatehouse.restart();
    const asked = await raised();
    expect(asked.map(({ reference }) => reference)).toEqual(
      expect.arrayContaining([
        'source/generic=enforce',
        'target/ad:contoso=enforce',
        'target/mail:contoso=enforce',
        'workflow/mover=enforce',
      ]),
    );
    expect(asked.every(({ approvals }) => approvals === 2)).toBe(true);
    await nothing();
    expect((await call(`/api/holds/${asked[0]?.id ?? ''}/resume`, 'operator', { reason: 'alone' })).status).toBe(403);
    for (const { id } of asked) expect([await resume(id, 'approver'), await resume(id, 'approver')]).toEqual(['waiting', 'waiting']);
    await nothing();
    for (const { id } of asked) expect(await resume(id, 'admin')).toBe('resumed');
    expect(await raised()).toEqual([]);
  });

  it('has the next small event carried out, for that person alone', async () => {
    await gatehouse.change('110005', { jobTitle: 'Principal Engineer' });
    await untilRun(gatehouse, '110005', 'done', 'mover');
    const { ad } = await accountsOf(gatehouse, '110005');
    expect(ad?.title).toBe('Principal Engineer');
    expect(await runsOf(gatehouse, '110007')).toEqual([]);
  });
});
