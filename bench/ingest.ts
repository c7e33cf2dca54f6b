import { PGlite } from '@electric-sql/pglite';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Product } from '../test/support/campaign-product.ts';
import { type Bench, type BenchResult, milliseconds, percentile } from './figures.ts';
import type { SendOrder, SendResult } from './send-order.ts';
import { type Company, withCompany } from './with-company.ts';

const perSecond = 200;
const goalMs = 250;
const drainLimitMs = 10 * 60_000;
const counted = z.object({ counts: z.record(z.string(), z.number()) });

/**
 * 200 signed events a second, for 30 s (short: 5 s), from a process of its own and on eight connections. Hire dates lie 60 days ahead, so that runs are planned
 * and not started. Every event has to be kept: the API and the database are asked.
 */
export const ingest: Bench = {
  name: 'ingest',
  does: `${perSecond} events a second on the ingest endpoint`,
  run: ({ short }) => withCompany((company) => measure(company, short ? 5 : 30)),
};

async function measure({ product, process }: Company, seconds: number): Promise<BenchResult> {
  const url = `${product.url}/api/hr/generic`;
  const sent = await sendAll({ url, secret: 'sandbox-hr-secret', perSecond, seconds, connections: 8, hireDate: inDays(60) });
  const sentAt = performance.now();
  const byApi = await untilFolded(product);
  const drainMs = performance.now() - sentAt;
  await process.end('SIGTERM');
  const kept = await keptIn(join(product.dataFolder, 'registry'));
  const accepted = sent.statuses['202'] ?? 0;
  const failures = [
    ...(accepted === sent.sent
      ? []
      : [`${sent.sent - accepted} of ${sent.sent} events were not answered with 202: ${JSON.stringify(sent.statuses)}`]),
    ...(kept.events === accepted && kept.planned === accepted
      ? []
      : [`${accepted} accepted, but ${kept.events} in the inbox and ${kept.planned} runs planned`]),
    ...(byApi === accepted ? [] : [`${accepted} accepted, but the API counts ${byApi} folded`]),
  ];
  return { figures: figuresOf(sent, accepted, kept.events, drainMs), failures };
}

function figuresOf({ sent, sendingMs, latencies }: SendResult, accepted: number, kept: number, drainMs: number): BenchResult['figures'] {
  const sorted = latencies.toSorted((one, other) => one - other);
  const p99 = percentile(sorted, 99);
  return [
    ['sent', `${sent} in ${milliseconds(sendingMs)}`],
    ['answered 202', String(accepted)],
    ['kept', String(kept)],
    ['answer, p50', milliseconds(percentile(sorted, 50))],
    ['answer, p90', milliseconds(percentile(sorted, 90))],
    ['answer, p99', `${milliseconds(p99)} (goal: below ${goalMs} ms, ${p99 < goalMs ? 'met' : 'missed'})`],
    ['answer, slowest', milliseconds(sorted.at(-1) ?? 0)],
    ['drained after', `${milliseconds(drainMs)} more, ${Math.round((accepted / (sendingMs + drainMs)) * 1000)} events a second in all`],
  ];
}

async function sendAll(order: SendOrder): Promise<SendResult> {
  const sender = fork(join(import.meta.dirname, 'send-events.ts'), [JSON.stringify(order)]);
  const [result] = (await once(sender, 'message')) as [SendResult];
  await once(sender, 'exit');
  return result;
}

/** Waits until nothing is left to fold, and answers how many events were folded. */
async function untilFolded(product: Product): Promise<number> {
  const limit = performance.now() + drainLimitMs;
  for (;;) {
    const { counts } = counted.parse(await product.ask('/api/events'));
    if ((counts['received'] ?? 0) === 0 || performance.now() > limit) return counts['folded'] ?? 0;
    await pause(200);
  }
}

async function keptIn(folder: string): Promise<{ readonly events: number; readonly planned: number }> {
  const database = await PGlite.create({ dataDir: folder });
  const count = async (query: string): Promise<number> => Number((await database.query<{ count: number }>(query)).rows[0]?.count ?? 0);
  const events = await count('select count(*)::int as count from inbox');
  const planned = await count("select count(*)::int as count from run where state = 'planned'");
  await database.close();
  return { events, planned };
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
