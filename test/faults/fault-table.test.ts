import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../../shared/domain/change.ts';
import type { GateDeps } from '../../shared/gate/gate-deps.ts';
import { connectTo } from '../contracts/contoso.ts';
import { required } from '../contracts/expected.ts';
import { once, settle } from '../gate/apply.ts';
import { type GateWorld, startGateWorld } from '../gate/gate-world.ts';
import { aRun } from '../gate/people.ts';
import { impatienceMs, type Wrong, wrongs } from './table/answers.ts';
import { faultCases } from './table/cases.ts';
import type { FaultCase, Work } from './table/fault-case.ts';

type Table = Record<string, Record<string, string>>;
const file = join(import.meta.dirname, 'table', 'fault-table.json');
const kept: Table = JSON.parse(readFileSync(file, 'utf8'));
const seen: Table = {};

let world: GateWorld;
const closing: (() => Promise<void>)[] = [];
let impatient: GateDeps;
let trusting: GateDeps;
beforeAll(async () => {
  world = await startGateWorld();
  impatient = withTargets({ timeoutMs: impatienceMs });
  // The directory's port speaks TLS with a certificate that nobody vouches for: whoever looks for another system there meets it in the handshake.
  trusting = withTargets({ insteadOfAll: world.contoso.sandbox.urls.ldaps.replace('ldaps:', 'https:'), trustsNobody: true });
});
afterAll(async () => {
  if (process.env['UPDATE_FAULTS'] !== undefined) writeFileSync(file, `${JSON.stringify(seen, null, 2)}\n`);
  for (const close of closing) await close();
  await world.stop();
});
afterEach(() => world.contoso.sandbox.world.faults.clear());

function withTargets(how: Parameters<typeof connectTo>[1]): GateDeps {
  const { targets, close } = connectTo(world.contoso.sandbox, how);
  closing.push(close);
  return { ...world.gate, target: (id) => required(Object.values(targets).find((target) => target.id === id)) };
}

describe.each(faultCases)('$connector, $call', (row) => {
  it('is never reported wrongly, whatever is answered, and does what the table says', async () => {
    const next = await row.prepare(world);
    const columns: Record<string, string> = {};
    for (const wrong of wrongs.filter(({ notFor }) => notFor !== row.system)) columns[wrong.name] = await tried(row, wrong, await next());
    const name = `${row.connector}: ${row.call}`;
    seen[name] = columns;
    if (process.env['UPDATE_FAULTS'] === undefined) expect(columns).toEqual(kept[name]);
  });
});

it('the table has no rows but these', () => {
  if (process.env['UPDATE_FAULTS'] === undefined) expect(Object.keys(kept)).toEqual(faultCases.map(({ connector, call }) => `${connector}: ${call}`));
});

/** What Gatehouse did, in the words of the table. Fails where what it reports is not so, and where the fault did not strike. */
async function tried(row: FaultCase, { name, strike }: Wrong, work: Work): Promise<string> {
  const { faults, requests } = world.contoso.sandbox.world;
  expect(work.isSo(), `${name}: not so yet`).toBe(false);
  const run = await aRun(world, work.person);
  const since = requests.since(row.system, 0).at(-1)?.sequence ?? 0;
  const sent = () => requests.since(row.system, since).filter(({ operation }) => operation === row.operation).length;
  if (strike === 'certificate') {
    const first = await once(trusting, run, work.change).then(
      ({ is }) => is,
      () => 'waiting',
    );
    expect({ first, sent: sent(), isSo: work.isSo() }, name).toEqual({ first: 'waiting', sent: 0, isSo: false });
  } else faults.add({ system: row.system, operation: row.operation, nth: 1, times: 1, ...strike });
  const outcome = await settled(name === 'timeout' ? impatient : world.gate, run, work);
  expect(faults.list().every(({ fired }) => fired === 1), `${name} did not strike`).toBe(true);
  faults.clear();
  expect(outcome.is === 'done', `${name}: reported ${JSON.stringify(outcome)}, and so it is: ${work.isSo()}`).toBe(work.isSo());
  return inWords(name, outcome, sent());
}

async function settled(gate: GateDeps, run: Awaited<ReturnType<typeof aRun>>, work: Work): Promise<Outcome> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await settle(world, run, work.change, { gate });
    } catch (error) {
      // A look that failed is no outcome: a step comes again.
      if (attempt >= 5) throw error;
      world.advance(1_000);
    }
  }
}

function inWords(name: string, outcome: Outcome, sent: number): string {
  if (outcome.is !== 'done') return `${outcome.is}, and said so`;
  if (name === 'certificate error') return 'not sent before it was trusted';
  if (sent === 1) return 'looked: done';
  if (name === '429') return 'waited, sent again';
  return name === 'expired token' ? 'new token, sent again' : 'looked: not done; sent again';
}
