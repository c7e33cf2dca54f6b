import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { type Random, randomFrom } from '../../test/support/campaign-random.ts';
import { startWorld } from '../../test/support/campaign-world.ts';
import { days, endOf, plusDays, startOf } from './calendar.ts';
import { readCompany } from './read-company.ts';
import type { Happening } from './hr-record.ts';
import { type Finding, judgeEnd } from './judge-end.ts';
import { type Account, readAccounts } from './read-accounts.ts';
import { judgeRuns } from './judge-runs.ts';
import { plannedRuns, putForward, settle, type Stage } from './settle.ts';
import { productOf } from './start-product.ts';
import { type Hr, tellHr, timeOf } from './tell-hr.ts';
import { writeYear, type Year } from './write-year.ts';

/** A rehearsal. `weekdays`: on which HR works, Monday is 1. `windowMs`: what becomes due within it may be done together. `nightlyDays`: how often the nightly functions run. */
export type RehearsalOrder = {
  readonly seed: number;
  readonly people: number;
  readonly days: number;
  readonly happenings: number;
  readonly kills: number;
  readonly failPercent: number;
  readonly weekdays: readonly number[];
  readonly windowMs: number;
  readonly nightlyDays: number;
  readonly patienceMs: number;
  readonly tell?: (progress: { readonly at: number; readonly done: number; readonly of: number }) => void;
};

/** How it went. `findings`: everything that is not as it has to be. */
export type RehearsalReport = {
  readonly seed: number;
  readonly happenings: number;
  readonly moments: number;
  readonly kills: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly runs: Readonly<Record<string, number>>;
  readonly holds: readonly string[];
  readonly findings: readonly string[];
  readonly seconds: number;
};

/** A Monday: the same seed gives the same dates whenever it is played. */
const start = Date.parse('2027-01-04T08:00:00Z');

type Play = {
  readonly order: RehearsalOrder;
  readonly stage: Stage;
  readonly hr: Hr;
  readonly year: Year;
  readonly random: Random;
  readonly moments: number;
  readonly nightlyAt: number;
  readonly killAt: readonly number[];
};

/** Plays a year from its first morning to its end, and says what is not as it has to be. Its processes are gone and its folder removed afterwards. */
export async function runRehearsal(order: RehearsalOrder): Promise<RehearsalReport> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-rehearsal-'));
  const world = await startWorld(join(folder, 'world'), { GATEHOUSE_SANDBOX_PEOPLE: String(order.people) });
  const product = await productOf(world, folder);
  try {
    return await play(order, { world, product, patienceMs: order.patienceMs });
  } catch (error) {
    throw new Error(`Seed ${order.seed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  } finally {
    await product.kill();
    await world.process.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

async function play(order: RehearsalOrder, stage: Stage): Promise<RehearsalReport> {
  const startedAt = performance.now();
  const { world, product } = stage;
  await world.post('/clock', { set: new Date(start).toISOString() });
  await world.post('/settings', { cloudSync: { intervalMs: 200 } });
  const before = await readAccounts(world);
  const company = await readCompany(world);
  const untouched = new Set(
    before.filter(({ isPrivileged, jobTitle }) => isPrivileged || isExecutive(jobTitle)).map(({ employeeId }) => employeeId),
  );
  const year = writeYear({ ...order, start, company, untouched });
  for (const [workerId, personKey] of year.keys) await world.change(workerId, { personKey });
  await product.launch();
  await untilBaseline(stage);
  await world.post('/hr/webhook', { url: `${product.url}/api/hr/generic` });
  await settle(stage);
  const random = randomFrom(order.seed + 1);
  if (order.failPercent > 0) await world.post('/faults/random', { percent: order.failPercent, seed: order.seed });
  const hr: Hr = { world, hook: `${product.url}/api/hr/generic`, said: new Map() };
  const killAt = Array.from({ length: order.kills }, () => start + random.between(0.05, 0.95) * (year.end - start)).toSorted(
    (one, other) => one - other,
  );
  const moments = await playAll({ order, stage, hr, year, random, moments: 0, nightlyAt: start, killAt });
  return report({ order, stage, year, before, company, moments, startedAt });
}

function isExecutive(jobTitle: string): boolean {
  return /^(Chief|Vice President)/.test(jobTitle);
}

async function untilBaseline({ product }: Stage): Promise<void> {
  for (;;) {
    const health = z.object({ baseline: z.boolean() }).parse(await product.ask('/api/health'));
    if (health.baseline) return;
    await pause(50);
  }
}

async function playAll(play: Play): Promise<number> {
  const { stage, year, order } = play;
  const ahead = [...year.happenings];
  const turns = turnsOf(year.happenings);
  let now = start;
  let moments = 0;
  const killAt = [...play.killAt];
  for (let nightlyAt = start; now < year.end;) {
    now = await nextMoment(play, { ahead, turns, now });
    await putForward(stage, now);
    const isKilled = (killAt[0] ?? Infinity) <= now;
    if (isKilled) killAt.shift();
    const killing = isKilled ? killSoon(play) : Promise.resolve();
    while ((ahead[0]?.at ?? Infinity) <= now) {
      const next = ahead.shift();
      if (next !== undefined) await tellHr(play.hr, next);
    }
    await killing;
    if (now - nightlyAt >= days(order.nightlyDays) || now === year.end) {
      nightlyAt = now;
      await nightly(stage);
    }
    await settle(stage);
    now = Math.max(now, Math.min(await timeOf(stage.world), year.end));
    moments += 1;
    order.tell?.({ at: now, done: year.happenings.length - ahead.length, of: year.happenings.length });
  }
  return moments;
}

/** The product dies at a moment that nobody chose, and is started at once. */
async function killSoon({ stage, random }: Play): Promise<void> {
  await pause(random.between(50, 1500));
  await stage.product.kill();
  await stage.product.launch();
}

async function nightly({ product }: Stage): Promise<void> {
  for (const name of ['read-sources', 'follow-graph', 'keep-graph-subscriptions', 'sweep-leavers-nightly'])
    await product.run(name).catch(() => undefined);
}

type Ahead = { readonly ahead: readonly Happening[]; readonly turns: readonly number[]; readonly now: number };

/** The next moment at which HR says something, or the last of those close together at which the passing of time does something. */
async function nextMoment({ stage, year, order }: Play, { ahead, turns, now }: Ahead): Promise<number> {
  const said = ahead[0]?.at ?? year.end;
  const due = (await plannedRuns(stage)).map(({ dueAt }) => Date.parse(dueAt));
  const passing = [...due, ...turns].filter((at) => at > now);
  const first = Math.min(...passing, said);
  if (first === said) return Math.min(Math.max(said, now), year.end);
  const within = passing.filter((at) => at <= first + order.windowMs && at <= said);
  return Math.min(Math.max(...within), year.end);
}

/** When the passing of time changes how somebody stands: days on which somebody is set up, comes or goes. */
function turnsOf(happenings: readonly Happening[]): readonly number[] {
  return happenings.flatMap(({ record: { hireDate, lastDay, accessEnds, timeZone } }) => [
    startOf(hireDate, timeZone),
    startOf(plusDays(hireDate, -14), timeZone),
    ...(lastDay === null ? [] : [endOf(lastDay, timeZone)]),
    ...(accessEnds === null ? [] : [Date.parse(accessEnds)]),
  ]);
}

type Ended = {
  readonly order: RehearsalOrder;
  readonly stage: Stage;
  readonly year: Year;
  readonly before: readonly Account[];
  readonly company: Awaited<ReturnType<typeof readCompany>>;
  readonly moments: number;
  readonly startedAt: number;
};

async function report({ order, stage, year, before, company, moments, startedAt }: Ended): Promise<RehearsalReport> {
  const { world } = stage;
  const faults = z.record(z.string(), z.number()).parse(await world.get('/faults/random'));
  await fetch(`${world.settings['GATEHOUSE_CLOCK_URL'] ?? ''}/faults`, { method: 'DELETE' });
  // The night after, in which nothing fails: what could not be looked at is.
  await putForward(stage, year.end + days(1));
  await settle(stage);
  await nightly(stage);
  await settle(stage);
  await world.post('/sync', {});
  const end = await timeOf(world);
  const entries = year.happenings.filter(({ sending }) => sending.as !== 'ahead');
  const found = judgeEnd({ entries, company, before, after: await readAccounts(world), start, end, lateMs: order.windowMs });
  const product = await judgeRuns(stage);
  return {
    seed: order.seed,
    happenings: year.happenings.length,
    moments,
    kills: order.kills,
    faults,
    runs: product.runs,
    holds: product.holds,
    findings: [...(await explained(stage, year, found)), ...product.findings],
    seconds: Math.round((performance.now() - startedAt) / 1000),
  };
}

/** Each finding with what HR told about the human being and what the product made of it. */
async function explained({ product }: Stage, { happenings }: Year, findings: readonly Finding[]): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const [human, list] of Map.groupBy(findings, (finding) => finding.human)) {
    lines.push(...list.map(({ text }) => `${human || 'everybody'}: ${text}`));
    const about = happenings.filter((one) => one.human === human);
    lines.push(
      ...about.map(
        ({ at, why, record }) =>
          `    ${new Date(at).toISOString()} ${record.workerId} ${why} (${record.workerType}, ${record.department}, ${record.location.code}, ${record.hireDate} to ${record.lastDay ?? '-'}, manager ${record.managerId ?? '-'})`,
      ),
    );
    const answer = await product.ask(`/api/runs?person=generic:${human}&limit=50`).catch(() => ({ runs: [] }));
    const { runs } = z
      .object({
        runs: z.array(
          z.object({
            workflow: z.string(),
            state: z.string(),
            createdAt: z.string(),
            dueAt: z.string(),
            endedAt: z.string().nullable(),
            note: z.string().nullable(),
          }),
        ),
      })
      .parse(answer);
    lines.push(
      ...runs
        .toReversed()
        .map(
          ({ workflow, state, createdAt, dueAt, endedAt, note }) =>
            `    run ${workflow} ${state}, planned ${createdAt} for ${dueAt}, ended ${endedAt ?? '-'}: ${note ?? ''}`,
        ),
    );
  }
  return lines;
}
