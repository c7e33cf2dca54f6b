import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { dateAt } from '../calendar.ts';
import type { Hold } from '../gatehouse-api.ts';
import { paint, wrapped } from '../paint.ts';
import { mailIds } from '../verify/check-mail.ts';
import { checkTold } from '../verify/check-told.ts';
import { eventually } from '../verify/eventually.ts';
import { compare } from '../verify/expected.ts';
import { readWorld } from '../verify/read-world.ts';
import type { Verdict } from '../verify/verdict.ts';
import type { Act, Stage } from './act.ts';
import { knownWorker } from './known-worker.ts';
import { checkUntouched, latestRequest, standingOf, writesAbout } from './untouched.ts';

const ids = (first: number, count: number) => Array.from({ length: count }, (_, index) => String(first + index));
/** Half of the company, nobody who appears elsewhere in the day. */
const half: readonly string[] = [...ids(10020, 6), ...ids(10028, 3), ...ids(10032, 3), ...ids(10037, 3), ...ids(20004, 15)];
const reason = 'HR sent a wrong file: nobody of these leaves.';
const lookEveryMs = 200;
const patienceMs = 60_000;

/** HR sends one file that terminates half of the company: the brake trips before anything is begun; an operator cancels it, and HR puts its records right. */
export const massTermination: Act = {
  title: 'HR sends a file that terminates half of the company',
  play: async (stage) => {
    const { control, screen } = stage;
    const [first = ''] = half;
    const { status, revision } = await knownWorker(control, first);
    if (status === 'active' && revision > 1) {
      screen.print(paint.dim('  It came on an earlier start, was held, and was cancelled.'));
      return [{ name: 'the 30 people of the file', findings: checkUntouched(half, await readWorld(control)) }];
    }
    const world = await readWorld(control);
    const [before, mails] = [standingOf(half, world), mailIds(world)];
    const since = await latestRequest(control);
    if (status === 'active') await control.terminateMany(half, dateAt(await control.now(), 'UTC'));
    const hold = await heldBatch(stage);
    for (const line of wrapped(`⏸ ${hold.message}`, 2, screen.width)) screen.print(paint.warn(line));
    const state = await stage.api.decide(hold.id, 'cancel', { token: await control.token('operator'), reason });
    screen.print(`  ${state} by the operator: ${reason}`);
    return [await verdict({ before, since }, stage), ...(await putRight(mails, stage))];
  },
};

async function heldBatch({ api, signal }: Stage): Promise<Hold> {
  const until = performance.now() + patienceMs;
  while (performance.now() < until) {
    const held = (await api.holds()).find(({ kind }) => kind === 'batch');
    if (held !== undefined) return held;
    await pause(lookEveryMs, undefined, { signal });
  }
  throw new Error('The file was not held within a minute: see GET /api/holds and the host’s log.');
}

type Was = { readonly before: ReadonlyMap<string, string>; readonly since: number };

/** Nothing about these people was written to any target, the file's whole life long, and the operators were told. */
async function verdict({ before, since }: Was, { control }: Stage): Promise<Verdict> {
  const world = await readWorld(control);
  const after = standingOf(half, world);
  const changed = half.filter((workerId) => before.get(workerId) !== after.get(workerId));
  const writes = await writesAbout(half, since, { control, world });
  return {
    name: 'the 30 people of the file',
    findings: [
      ...compare('Gatehouse', 'people who were changed', 0, changed.length),
      ...compare('Gatehouse', 'writes about them', 0, writes),
      ...checkUntouched(half, world),
    ],
  };
}

/** HR enters that they all stay. That sets nothing off, for nothing was begun. The operators have been told of the file by now. */
async function putRight(before: ReadonlySet<string>, stage: Stage): Promise<readonly Verdict[]> {
  const { control, screen } = stage;
  const since = await latestRequest(control);
  for (const workerId of half) await control.change(workerId, { status: 'active', lastDay: null });
  await allFolded(stage);
  const writes = await writesAbout(half, since, { control, world: await readWorld(control) });
  screen.print(`  HR puts its ${half.length} records right: ${writes} writes about these people, from first to last.`);
  const told = { address: 'helpdesk@contoso.example', subject: 'Gatehouse holds something', before };
  return eventually(stage, (world) => [
    {
      name: 'the same, after HR put its records right',
      findings: [...compare('Gatehouse', 'writes about them', 0, writes), ...checkUntouched(half, world), ...checkTold(told, world)],
    },
  ]);
}

async function allFolded({ api, control, signal }: Stage): Promise<void> {
  const until = performance.now() + patienceMs;
  while (performance.now() < until) {
    const { undelivered } = await hrEvents(control);
    if (undelivered === 0 && (await api.eventsReceived()) === 0) return;
    await pause(lookEveryMs, undefined, { signal });
  }
  throw new Error('HR’s corrections were not taken in within a minute: see GET /api/events and the host’s log.');
}

async function hrEvents(control: Stage['control']): Promise<{ readonly undelivered: number }> {
  const { events } = await control.state('hr', z.object({ events: z.array(z.object({ state: z.string() })) }));
  return { undelivered: events.filter(({ state }) => state === 'pending').length };
}
