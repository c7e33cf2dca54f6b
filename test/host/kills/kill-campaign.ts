import type { ServiceBusClient } from '@azure/service-bus';
import Long from 'long';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Random, randomFrom } from '../../support/campaign-random.ts';
import { clientOf } from '../servicebus/service-bus-fixture.ts';
import { findFaults } from './find-faults.ts';
import type { Seen, SeenInstance } from './find-faults.ts';
import { KillableHost } from './killable-host.ts';
import { MixedLoad } from './mixed-load.ts';

/** How a campaign goes; the same seed gives the same load and the same moments of death. */
export type KillOrder = { readonly seed: number; readonly kills: number; readonly patienceMs: number };

/** What came of it. */
export type KillReport = {
  readonly faults: readonly string[];
  readonly instances: number;
  readonly events: number;
  readonly messages: number;
  /** How many kills hit a host that was not ready yet. */
  readonly killsAtStart: number;
};

const MOST_ACKNOWLEDGED = 24;
const LONGEST_REST_MS = 20;
const LONGEST_START_MS = 250;
const ONE_IN_KILLED_AT_START = 4;

/** Kills a host again and again under a mixed load, lets it come to rest, and compares everything with the model. */
export async function runKillCampaign({ seed, kills, patienceMs }: KillOrder): Promise<KillReport> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-kills-'));
  const effects = join(folder, 'effects');
  writeFileSync(effects, '\n');
  const random = randomFrom(seed);
  const load = new MixedLoad(random, String(seed));
  const loadHost = (): KillableHost => new KillableHost(join(folder, 'data'), effects);
  let host = loadHost();
  let next = loadHost();
  let killsAtStart = 0;
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      const diesAtStart = kill > 0 && random.below(ONE_IN_KILLED_AT_START) === 0;
      if (diesAtStart) killsAtStart += 1;
      await (diesAtStart ? dieAtStart(host, random.below(LONGEST_START_MS)) : liveAndDie(host, load, random));
      host = next;
      next = loadHost();
    }
    await host.start();
    await load.finish(host);
    const seen = await comeToRest(host, effects, patienceMs);
    return { ...counts(load), faults: [...load.refusals, ...findFaults(load.asks, seen)], killsAtStart };
  } finally {
    await Promise.all([host.kill(), next.kill()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function dieAtStart(host: KillableHost, afterMs: number): Promise<void> {
  await host.loaded();
  const started = host.start();
  await pause(afterMs);
  await host.kill();
  await started;
}

// Its life is counted in what it acknowledged, so that a busy machine makes it longer and not empty.
async function liveAndDie(host: KillableHost, load: MixedLoad, random: Random): Promise<void> {
  await host.start();
  const endsAt = load.acknowledged + random.below(MOST_ACKNOWLEDGED);
  const restMs = random.below(LONGEST_REST_MS);
  const client = clientOf(host.serviceBusPort, { retryOptions: { maxRetries: 0, timeoutInMs: 1000 } });
  let isOver = false;
  void load.play(host, client, () => isOver);
  while (load.acknowledged < endsAt) await pause(1);
  await pause(restMs);
  await host.kill();
  isOver = true;
  // The client may take a minute to see that nobody is there; nothing that it does then is acknowledged.
  void client.close().catch(() => undefined);
}

/** Waits until no instance is under way and no message waits, at most for the patience; what still is then shows among the faults. */
async function comeToRest(host: KillableHost, effects: string, patienceMs: number): Promise<Seen> {
  const client = clientOf(host.serviceBusPort);
  const end = performance.now() + patienceMs;
  try {
    for (;;) {
      const messagesLeft = (await waiting(client, 'jobs')) + (await waiting(client, 'steps'));
      const instances = await list(host);
      const isAtRest = messagesLeft === 0 && instances.every(({ runtimeStatus }) => !['Pending', 'Running'].includes(runtimeStatus));
      if (isAtRest || performance.now() > end) return { instances, messagesLeft, effects: linesOf(effects) };
      await pause(50);
    }
  } finally {
    await client.close();
  }
}

/** How many messages a queue and its dead-letter queue hold, those being handled included. Without a number the SDK goes on after what this client peeked last, and the queue looks empty. */
async function waiting(client: ServiceBusClient, queue: string): Promise<number> {
  const receivers = [client.createReceiver(queue), client.createReceiver(queue, { subQueueType: 'deadLetter' })];
  const peeked = await Promise.all(receivers.map((receiver) => receiver.peekMessages(100, { fromSequenceNumber: Long.ZERO })));
  await Promise.all(receivers.map((receiver) => receiver.close()));
  return peeked.flat().length;
}

async function list(host: KillableHost): Promise<readonly SeenInstance[]> {
  const found: SeenInstance[] = [];
  for (let token = ''; ;) {
    const response = await fetch(host.durable('instances/?top=500'), { headers: token === '' ? {} : { 'x-ms-continuation-token': token } });
    const page = (await response.json()) as readonly SeenInstance[];
    found.push(...page);
    token = response.headers.get('x-ms-continuation-token') ?? '';
    if (token === '' || page.length === 0) return found;
  }
}

function linesOf(file: string): readonly string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}

function counts({ asks }: MixedLoad): Pick<KillReport, 'instances' | 'events' | 'messages'> {
  return {
    instances: asks.instances.length + asks.listeners.length,
    events: asks.listeners.reduce((sum, { said }) => sum + said.length, 0),
    messages: asks.jobs.length + [...asks.steps.values()].reduce((sum, sent) => sum + sent.length, 0),
  };
}
