import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { World } from '../../test/support/campaign-world.ts';
import type { Happening } from './hr-record.ts';

const secret = 'sandbox-hr-secret';
const worker = z.looseObject({ workerId: z.string(), revision: z.number(), updatedAt: z.string() });
const mostTries = 100;

/** HR's staff and its webhook, of one world. `hook` is where the product takes events. */
export type Hr = { readonly world: World; readonly hook: string; readonly said: Map<string, string> };

/** Enters what happened, as HR's staff do; the event is posted by HR itself. Some events come twice, and some after the one that follows them. */
export async function tellHr(hr: Hr, happening: Happening): Promise<void> {
  const { record, changes, sending } = happening;
  const { workerId } = record;
  if (sending.as === 'ahead') return tellAhead(hr, happening, sending.effectiveFrom);
  await insist(() => (sending.as === 'hire' ? enter(hr, record) : hr.world.change(workerId, changes)));
  const event = await eventNow(hr, workerId);
  const before = hr.said.get(workerId);
  hr.said.set(workerId, event);
  if (sending.twice) await post(hr, event);
  if (sending.late && before !== undefined) await post(hr, before.replace('"id":"evt-', '"id":"late-evt-'));
}

async function enter({ world }: Hr, record: Happening['record']): Promise<void> {
  try {
    await world.hire(record);
  } catch (error) {
    // An answer that got lost: the worker is there.
    if (!String(error).includes('answered 409')) throw error;
  }
}

/** An event that tells what will hold from a date on, which HR's own record does not have yet. */
async function tellAhead(hr: Hr, { record, human }: Happening, effectiveFrom: string): Promise<void> {
  const occurredAt = new Date(await timeOf(hr.world)).toISOString();
  await post(hr, JSON.stringify({ id: `ahead-${human}-${record.workerId}-${occurredAt}`, occurredAt, effectiveFrom, worker: record }));
}

/** HR's event about the worker as they are now, as it posts it itself. */
async function eventNow({ world }: Hr, workerId: string): Promise<string> {
  const state = z.object({ workers: z.array(worker) }).parse(await world.get('/state/hr'));
  const found = state.workers.find((one) => one.workerId === workerId);
  if (found === undefined) throw new Error(`HR has no worker ${workerId}.`);
  const { updatedAt, ...told } = found;
  return JSON.stringify({ id: `evt-${workerId}-${found.revision}`, occurredAt: updatedAt, worker: told });
}

async function post({ world, hook }: Hr, body: string): Promise<void> {
  await insist(async () => {
    const seconds = Math.floor((await timeOf(world)) / 1000);
    const signature = `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
    const headers = { 'Content-Type': 'application/json', 'Gatehouse-Signature': signature };
    const response = await fetch(hook, { method: 'POST', headers, body });
    if (!response.ok) throw new Error(`${hook} answered ${response.status} to ${body}: ${await response.text()}`);
  });
}

/** The world's time, milliseconds since the epoch. */
export async function timeOf(world: World): Promise<number> {
  return Date.parse(z.object({ now: z.string() }).parse(await world.get('/clock')).now);
}

/** HR's own calls fail as others do, and the product may be away: they are made again. */
async function insist(work: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries === mostTries) throw error;
      await pause(100);
    }
  }
}
