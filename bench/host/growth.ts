import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchResult } from '../figures.ts';
import { against } from './against.ts';
import { type HostUnderLoad, readStored, startHostUnderLoad, type Stored } from './host-under-load.ts';
import { multiplyFinished } from './multiply-finished.ts';
import { measureThroughput, type Throughput } from './throughput.ts';

const few = 1000;
const windows = 5;
const goal = 1.15;

/**
 * What an orchestration costs where a thousand have ended, and where very many have. Two hosts take turns, and the best
 * turn of each counts: what else the machine does can only add to a cost.
 */
export async function measureGrowth(folder: string, many: number, perWindow: number): Promise<BenchResult> {
  const [small, large] = [join(folder, 'few'), join(folder, 'many')];
  mkdirSync(small);
  const failures = await fill(small);
  cpSync(small, large, { recursive: true });
  multiplyFinished(large, many);
  const sides = [await start(small), await start(large)];
  const turns: Throughput[][] = sides.map(() => []);
  for (let turn = 0; turn <= windows; turn += 1)
    for (const [index, side] of sides.entries()) turns[index]?.push(await measureThroughput(side.host, side.stored, perWindow));
  for (const { host, stored } of sides) {
    stored.close();
    await host.process.end('SIGTERM');
  }
  // The first turn of each warms it up.
  const [base = 0, grown = 0] = turns.map((results) => Math.min(...results.slice(1).map(({ cpuMsEach }) => cpuMsEach)));
  const ratio = grown / base;
  const figure = `${grown.toFixed(2)} ms of processor time each, ${base.toFixed(2)} where ${few} have, ${ratio.toFixed(2)} times ${against(`below ${goal}`, ratio < goal)}`;
  return { figures: [[`${many} ended`, figure]], failures: [...failures, ...turns.flat().flatMap((result) => result.failures)] };
}

async function fill(data: string): Promise<readonly string[]> {
  const { host, stored } = await start(data);
  const { failures } = await measureThroughput(host, stored, few);
  stored.close();
  await host.process.end('SIGTERM');
  return failures;
}

async function start(data: string): Promise<{ readonly host: HostUnderLoad; readonly stored: Stored }> {
  const host = await startHostUnderLoad(data);
  return { host, stored: readStored(data) };
}
