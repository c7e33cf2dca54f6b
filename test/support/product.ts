import { createHmac, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { OwnProcess } from './campaign-process.ts';
import { type Product, productFor } from './campaign-product.ts';
import { startWorld, type World } from './campaign-world.ts';

/** A fresh company and a Gatehouse that has taken its baseline, each a process of its own. */
export type Gatehouse = {
  readonly world: World;
  readonly product: Product;
  readonly process: OwnProcess;
  /** What every process of the product has printed so far. */
  outputs(): readonly string[];
  /** The folder of both; the product's data is in `product`. */
  readonly folder: string;
  /** A token for the API: of one of the sandbox's clients, or of somebody of the company. */
  token(whose: { readonly client: string } | { readonly user: string }): Promise<string>;
  /** One request to the product; nothing is followed, and no status is an error. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** Posts a body to the webhook of a source (else `generic`), signed at the world's time. */
  deliver(body: unknown, source?: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** Posts one event about a worker; resolves with its id when it was accepted. */
  tell(worker: object, about?: object): Promise<string>;
  /** Has HR's staff change a worker, which posts an event. */
  change(workerId: string, change: object): Promise<void>;
  /** Lets the host run a timer function now. */
  runTimer(name: string): Promise<void>;
  /** Ends the product by SIGTERM. */
  end(): Promise<void>;
  /** Ends the product by SIGTERM and starts it again, on the configuration as it is now; with a folder, as the app in it. */
  restart(app?: string): Promise<void>;
  stop(): Promise<void>;
};

/** What every test's own start may set. */
export type GatehouseOrder = {
  readonly environment?: Readonly<Record<string, string>>;
  readonly webhook?: boolean;
  /** The company's size. */ readonly people?: number;
};

const clockAnswer = z.object({ now: z.string() });
const tokenAnswer = z.object({ token: z.string() });
const health = z.object({ baseline: z.boolean() });
const patienceMs = 120_000;

/** Starts the company and the product, and waits until it has looked at everything for the first time. HR posts its events to it unless `webhook` is false. */
export async function startGatehouse({ environment = {}, webhook = true, people = 60 }: GatehouseOrder = {}): Promise<Gatehouse> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-scenario-'));
  const world = await startWorld(join(folder, 'world'), { GATEHOUSE_SANDBOX_PEOPLE: String(people) });
  const started: OwnProcess[] = [world.process];
  try {
    await world.post('/settings', { cloudSync: { intervalMs: 200 } });
    const product = await productFor({ world, dataFolder: join(folder, 'product'), environment });
    if (webhook) await world.post('/hr/webhook', { url: `${product.url}/api/hr/generic` });
    const process = product.launch();
    started.push(process);
    await process.ready();
    await until('the baseline is taken', async () => health.parse(await product.ask('/api/health')).baseline);
    const end = async () => started.at(-1)?.end('SIGTERM');
    const restart = async (app?: string) => {
      await end();
      const again = product.launch(app);
      started.push(again);
      await again.ready();
    };
    return {
      world,
      product,
      process,
      folder,
      ...waysIn(world, product),
      end,
      restart,
      outputs: () => started.slice(1).map((one) => one.output()),
      stop: () => stop(started, folder),
    };
  } catch (error) {
    await stop(started, folder);
    throw error;
  }
}

async function stop(started: readonly OwnProcess[], folder: string): Promise<void> {
  for (const one of started.toReversed()) await one.end('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}

function waysIn(world: World, product: Product): Pick<Gatehouse, 'token' | 'request' | 'deliver' | 'tell' | 'change' | 'runTimer'> {
  const request = (path: string, init: RequestInit = {}) => fetch(`${product.url}${path}`, { redirect: 'manual', ...init });
  const deliver: Gatehouse['deliver'] = async (body, source = 'generic', headers = {}) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const { now } = clockAnswer.parse(await world.get('/clock'));
    const signed = { ...headers, 'Gatehouse-Signature': sign(text, Date.parse(now)) };
    return request(`/api/hr/${source}`, { method: 'POST', body: text, headers: signed });
  };
  return {
    request,
    deliver,
    token: async (whose) => tokenAnswer.parse(await world.post('/tokens', whose)).token,
    async tell(worker, about = {}) {
      const { now } = clockAnswer.parse(await world.get('/clock'));
      const event = { id: `evt-${randomUUID()}`, occurredAt: now, ...about, worker };
      const response = await deliver(event);
      if (response.status !== 202) throw new Error(`The event was answered ${response.status}: ${await response.text()}`);
      return event.id;
    },
    async change(workerId, change) {
      const url = `${world.settings['GATEHOUSE_HR_URL'] ?? ''}/hr/v1/workers/${workerId}`;
      const response = await fetch(url, {
        method: 'PATCH',
        body: JSON.stringify(change),
        headers: { Authorization: 'Bearer sandbox-hr-api-key' },
      });
      if (!response.ok) throw new Error(`HR answered ${response.status}: ${await response.text()}`);
    },
    async runTimer(name) {
      const key = readFileSync(join(product.dataFolder, 'master-key'), 'utf8').trim();
      const headers = { 'x-functions-key': key, 'Content-Type': 'application/json' };
      const response = await request(`/admin/functions/${name}`, { method: 'POST', body: JSON.stringify({ input: '' }), headers });
      if (response.status !== 202) throw new Error(`The host answered ${response.status}: ${await response.text()}`);
    },
  };
}

/** The value of `Gatehouse-Signature` for a body, at an instant in milliseconds since the epoch. */
export function sign(body: string, at: number, secret = 'sandbox-hr-secret'): string {
  const seconds = Math.floor(at / 1000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

/** Looks until it is so; throws with what was waited for, and what was seen last, after two minutes. */
export async function until(what: string, isSo: () => Promise<boolean>, seen: () => unknown = () => ''): Promise<void> {
  const limit = performance.now() + patienceMs;
  while (!(await isSo())) {
    if (performance.now() > limit) throw new Error(`Waited ${patienceMs / 1000} s in vain until ${what}. ${JSON.stringify(await seen())}`);
    await pause(100);
  }
}
