import type { ServiceBusClient } from '@azure/service-bus';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { randomFrom } from '../../support/campaign-random.ts';
import { BusModel } from './bus-model.ts';
import type { Standing } from './bus-model.ts';
import { killChild, startChild } from './endpoint-child.ts';
import type { EndpointChild } from './endpoint-child.ts';
import { PATHS, RandomSteps } from './random-steps.ts';
import type { Ids } from './random-steps.ts';
import { clientOf } from './service-bus-fixture.ts';

const KILLS = 3;
const STEPS = 30;

const folder = mkdtempSync(join(tmpdir(), 'service-bus-'));
const children: EndpointChild[] = [];
afterAll(async () => {
  await Promise.all(children.map(killChild));
  rmSync(folder, { recursive: true });
});

async function start(): Promise<EndpointChild> {
  const child = await startChild(folder);
  children.push(child);
  return child;
}

/** Everything that a queue or subscription holds, and its dead-letter queue. */
async function shown(client: ServiceBusClient, path: string, { numbers }: Ids): Promise<readonly (readonly [string, Standing])[]> {
  const main = await client.createReceiver(path).peekMessages(1000);
  for (const { body, sequenceNumber } of main) if (sequenceNumber !== undefined) numbers.set(`${path} ${String(body)}`, sequenceNumber);
  const dead = await client.createReceiver(path, { subQueueType: 'deadLetter' }).peekMessages(1000);
  return [...main.map(({ body, state }) => [String(body), state] as const), ...dead.map(({ body }) => [String(body), 'dead'] as const)];
}

test('whatever clients do and whenever it is killed, the endpoint holds exactly what it has acknowledged, in order and once', async () => {
  const seed = Date.now() % 1_000_000;
  const random = randomFrom(seed);
  const model = new BusModel();
  let sent = 0;
  const ids: Ids = { next: () => (sent += 1), numbers: new Map() };
  for (let kill = 0; kill < KILLS; kill += 1) {
    const child = await start();
    const client = clientOf(child.port, { retryOptions: { maxRetries: 0, timeoutInMs: 5000 } });
    for (const path of Object.keys(PATHS))
      expect(model.judge(path, await shown(client, path, ids)), `seed ${seed}, kill ${kill}`).toEqual([]);
    model.settled();
    const steps = new RandomSteps(client, model, random, ids);
    for (let step = 0; step < STEPS; step += 1) {
      await steps.one().catch((error: unknown) => {
        throw new Error(`Seed ${seed}, kill ${kill}, step ${step}`, { cause: error });
      });
    }
    // The kill comes amid a step. What is acknowledged until then counts.
    void steps.one().catch(() => undefined);
    await pause(random.below(8));
    await killChild(child);
    steps.stop();
    // Its client may wait for what never comes.
    void client.close().catch(() => undefined);
  }
  const child = await start();
  const client = clientOf(child.port);
  for (const path of Object.keys(PATHS)) expect(model.judge(path, await shown(client, path, ids)), `seed ${seed}, at the end`).toEqual([]);
  await client.close();
});
