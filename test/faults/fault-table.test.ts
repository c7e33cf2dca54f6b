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
import type { Run } from '../../shared/ports/registry/runs.ts';
import { aRun } from '../gate/people.ts';
import { sized } from '../support/full-size.ts';
import { impatienceMs, type Wrong, wrongs } from './table/answers.ts';
import { faultCases } from './table/cases.ts';
import type { FaultCase, Work } from './table/fault-case.ts';

type Table = Record<string, Record<string, string>>;
const file = join(import.meta.dirname, 'table', 'fault-table.json');
const kept: Table = JSON.parse(readFileSync(file, 'utf8'));
const seen: Table = {};
const isUpdating = process.env['UPDATE_FAULTS'] !== undefined;
/** Each row has every third column, other ones than the rows beside it, so that every answer is met by every connector; all of them in full size. */
const every = isUpdating ? 1 : sized(3, 1);
const isTried = (row: FaultCase, wrong: Wrong): boolean => (faultCases.indexOf(row) + wrongs.indexOf(wrong)) % every === 0;

let world: GateWorld;
const closing: (() => Promise<void>)[] = [];
let impatient: GateDeps;
let trusting: GateDeps;
beforeAll(async () => {
  const started = await startGateWorld();
  const { policy } = started.gate;
  // The company's configuration does not name the application, on which no workflow of the table's runs.
  const mode: typeof policy.mode = (target) => (target === 'scim:app' ? 'enforce' : policy.mode(target));
  world = { ...started, gate: { ...started.gate, policy: { ...policy, mode } } };
  impatient = withTargets({ timeoutMs: impatienceMs });
  // The directory's port speaks TLS with a certificate that nobody vouches for: whoever looks for another system there meets it in the handshake.
  trusting = withTargets({ insteadOfAll: world.contoso.sandbox.urls.ldaps.replace('ldaps:', 'https:'), trustsNobody: true });
});
afterAll(async () => {
  if (isUpdating) writeFileSync(file, `${JSON.stringify(seen, null, 2)}\n`);
  for (const close of closing) await close();
  await world.stop();
});
afterEach(() => world.contoso.sandbox.world.faults.clear());

function withTargets(how: Parameters<typeof connectTo>[1]): GateDeps {
  const { targets, close } = connectTo(world.contoso.sandbox, how);
  closing.push(close);
  return { ...world.gate, target: (id) => required(Object.values(targets).find((target) => target.id === id)) };
}

const nameOf = ({ connector, call }: FaultCase): string => `${connector}: ${call}`;
const [inTime, late] = [wrongs.filter(({ name }) => name !== 'timeout'), required(wrongs.find(({ name }) => name === 'timeout'))];

const sendsMail: ReadonlySet<string> = new Set(['temporaryAccessPass.create', 'messages.create', 'messages.send']);
const prepared = new Map<FaultCase, ReturnType<FaultCase['prepare']>>();
function nextOf(row: FaultCase): ReturnType<FaultCase['prepare']> {
  const next = prepared.get(row) ?? row.prepare(world);
  prepared.set(row, next);
  return next;
}

describe.each(faultCases)('$connector, $call', (row) => {
  it('is never reported wrongly, whatever is answered, and does what the table says', async () => {
    const next = await nextOf(row);
    const columns: Record<string, string> = {};
    const wrongsOfRow = inTime.filter((wrong) => wrong.notFor !== row.system && isTried(row, wrong));
    for (const wrong of wrongsOfRow) columns[wrong.name] = await tried(row, wrong, await next());
    seen[nameOf(row)] = columns;
    if (!isUpdating) expect(columns).toEqual(only(kept[nameOf(row)], wrongsOfRow));
  });
});

it('no call whose answer comes too late is reported wrongly, and each does what the table says', async () => {
  const works = new Map<FaultCase, Work>();
  const rows = faultCases.filter((row) => isTried(row, late));
  for (const row of rows) works.set(row, await (await nextOf(row))());
  // Side by side, for each takes its time; those that use one operation one after the other, since faults go by operations.
  const chains = Map.groupBy(rows, ({ operation }) => (sendsMail.has(operation) ? 'mail' : operation));
  await Promise.all(
    [...chains.values()].map(async (chain) => {
      for (const row of chain) {
        const did = await tried(row, late, required(works.get(row)));
        seen[nameOf(row)] = { ...seen[nameOf(row)], [late.name]: did };
        if (!isUpdating) expect(did, nameOf(row)).toBe(kept[nameOf(row)]?.[late.name]);
      }
    }),
  );
});

it('the table has no rows but these', () => {
  if (!isUpdating) expect(Object.keys(kept)).toEqual(faultCases.map(nameOf));
});

function only(columns: Record<string, string> | undefined, these: readonly Wrong[]): Record<string, string | undefined> {
  return Object.fromEntries(these.map(({ name }) => [name, columns?.[name]]));
}

/** What Gatehouse did, in the words of the table. Fails where what it reports is not so, and where the fault did not strike. */
async function tried(row: FaultCase, wrong: Wrong, work: Work): Promise<string> {
  const { name, strike } = wrong;
  const { faults, requests } = world.contoso.sandbox.world;
  expect(work.isSo(), `${name}: not so yet`).toBe(false);
  const run = await aRun(world, work.person);
  const since = requests.since(row.system, 0).at(-1)?.sequence ?? 0;
  const calls = () => requests.since(row.system, since).filter(({ operation }) => operation === row.operation);
  if (strike === 'certificate') {
    expect({ first: await firstOf(trusting, run, work), sent: calls().length, isSo: work.isSo() }).toEqual({
      first: 'waiting',
      sent: 0,
      isSo: false,
    });
    const outcome = await settled(world.gate, run, work);
    return agreed(wrong, outcome, work, calls().length);
  }
  const { id } = faults.add({ system: row.system, operation: row.operation, nth: 1, times: 1, ...strike });
  const outcome = await settled(name === late.name ? impatient : world.gate, run, work);
  // A call is written down when it has been answered, and some are answered late.
  await expect.poll(() => calls().some(({ fault }) => fault !== undefined), { message: `${name} strikes ${nameOf(row)}` }).toBe(true);
  expect(faults.list().find((fault) => fault.id === id)?.fired).toBe(1);
  return agreed(wrong, outcome, work, calls().length);
}

/** Zero wrong reports: done is what is so, and nothing else. */
function agreed(wrong: Wrong, outcome: Outcome, work: Work, sent: number): string {
  const isSo = work.isSo();
  expect(outcome.is === 'done', `${wrong.name}: reported ${JSON.stringify(outcome)}, and so it is: ${isSo}`).toBe(isSo);
  return inWords(wrong, outcome, sent);
}

function firstOf(gate: GateDeps, run: Run, work: Work): Promise<string> {
  // A look that failed is no outcome: a step comes again.
  return once(gate, run, work.change).then(
    ({ is }) => is,
    () => 'waiting',
  );
}

async function settled(gate: GateDeps, run: Run, work: Work): Promise<Outcome> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await settle(world, run, work.change, { gate });
    } catch (error) {
      if (attempt >= 5) throw error;
      world.advance(1_000);
    }
  }
}

function inWords({ name, strike }: Wrong, outcome: Outcome, sent: number): string {
  if (outcome.is !== 'done') return `${outcome.is}, and said so`;
  if (strike === 'certificate') return 'not sent before it was trusted';
  if (sent === 1) return 'done, not sent again';
  // A pass whose code nobody heard, and a password: neither does harm twice.
  if (strike.phase === 'after') return 'sent once more, in its place';
  if (name === '429') return 'waited, sent again';
  return name === 'expired token' ? 'new token, sent again' : 'not done, sent again';
}
