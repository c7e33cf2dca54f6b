import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { steadyPort } from '../../test/support/campaign-ports.ts';
import { type OwnProcess, startProcess } from '../../test/support/campaign-process.ts';
import type { World } from '../../test/support/campaign-world.ts';

/** The product of a rehearsal, whichever process of it is running. */
export type RehearsedProduct = {
  readonly url: string;
  /** Asks its API with a token that is good at the world's present time. Throws while it is not there. */
  ask(path: string): Promise<unknown>;
  /** Runs a timer function now. */
  run(name: string): Promise<void>;
  /** Whether its host has nothing in flight: all that goes on waits for time to pass. */
  isIdle(): Promise<boolean>;
  /** Starts a process of it; resolves when it is ready. */
  launch(): Promise<void>;
  kill(): Promise<void>;
  /** All that its processes printed. */
  output(): string;
};

const mostTries = 20;
const hostClock = z.object({ isIdle: z.boolean() });

/** Makes the product for the world, on a folder and port of its own, with brakes that nothing reaches: a year passes in minutes. Nothing is started yet. */
export async function productOf(world: World, folder: string): Promise<RehearsedProduct> {
  const port = String(await steadyPort());
  const url = `http://127.0.0.1:${port}`;
  const data = join(folder, 'product');
  const environment = {
    ...world.settings,
    GATEHOUSE_DATA_DIR: data,
    GATEHOUSE_PUBLIC_URL: url,
    GATEHOUSE_TOKEN_ISSUER: `${world.settings['GATEHOUSE_GRAPH_URL'] ?? ''}/${world.settings['GATEHOUSE_TENANT'] ?? ''}/v2.0`,
    GATEHOUSE_CONFIG_DIR: wideConfig(folder),
    GATEHOUSE_LOG_LEVEL: 'warn',
  };
  const processes: OwnProcess[] = [];
  let token = await world.token();
  const asked = (path: string) => fetch(`${url}${path}`, { headers: { Authorization: `Bearer ${token}` } });
  const masterKey = () => ({ 'x-functions-key': readFileSync(join(data, 'master-key'), 'utf8').trim() });
  const script = 'scripts/rehearse/rehearsal-host.ts';
  return {
    url,
    async ask(path) {
      for (let tries = 1; ; tries += 1) {
        const response = await asked(path);
        if (tries === mostTries || (response.status !== 401 && response.status !== 503)) return answerOf(response, path);
        // The world's time has moved on, or the keys to check the token with could not be fetched.
        token = await world.token();
      }
    },
    async run(name) {
      const headers = { ...masterKey(), 'Content-Type': 'application/json' };
      await answerOf(await fetch(`${url}/admin/functions/${name}`, { method: 'POST', headers, body: '{"input":""}' }), name);
    },
    async isIdle() {
      const clock = await answerOf(await fetch(`${url}/admin/host/clock`, { headers: masterKey() }), 'its clock');
      return hostClock.parse(clock).isIdle;
    },
    async launch() {
      const started = startProcess({ script, args: ['.', port, data], environment, readyLine: /^host ready/m });
      processes.push(started);
      await started.ready();
    },
    kill: async () => processes.at(-1)?.end('SIGKILL'),
    output: () => processes.map((one) => one.output()).join('\n'),
  };
}

async function answerOf(response: Response, what: string): Promise<unknown> {
  const body = await response.text();
  if (!response.ok) throw new Error(`${what} answered ${response.status}: ${body}`);
  return body === '' ? null : (JSON.parse(body) as unknown);
}

/** The shipped configuration with brakes that nothing reaches. */
function wideConfig(folder: string): string {
  const config = join(folder, 'config');
  cpSync(resolve(import.meta.dirname, '../../config'), config, { recursive: true });
  const brakes = join(config, 'brakes.yaml');
  writeFileSync(brakes, readFileSync(brakes, 'utf8').replaceAll(/atLeast: \d+/g, 'atLeast: 1000000'));
  return config;
}
