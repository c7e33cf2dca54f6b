import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type GatehouseApi, gatehouseApi, type Health } from './gatehouse-api.ts';
import { keepToken } from './keep-token.ts';
import { type SandboxControl, sandboxControl } from './sandbox-control.ts';
import { type RunningChild, startChild } from './start-child.ts';
import type { StartSettings } from './start-settings.ts';
import type { Screen } from './screen.ts';

/** The running house. `died` rejects in words when one of its processes ends by itself; `stop` ends them in order, and may be called more than once. */
export type RunningAll = {
  readonly api: GatehouseApi;
  readonly control: SandboxControl;
  readonly died: Promise<never>;
  readonly stop: () => Promise<void>;
};

const baselinePatienceMs = 60_000;
const lookAgainMs = 100;

export type StartParts = { readonly settings: StartSettings; readonly root: string; readonly screen: Screen; readonly signal: AbortSignal };

/** Starts the simulated company and the host, leaves the operator's token in the data folder, tells HR where its events go, and waits until the product has looked at everything once. */
export async function startAll(parts: StartParts): Promise<RunningAll> {
  const { settings, screen, signal } = parts;
  const children: RunningChild[] = [];
  const stops: (() => Promise<void> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).toReversed()) await end();
  };
  try {
    screen.show(['starting the simulated company …']);
    const sandbox = await startSandbox(parts);
    children.push(sandbox);
    stops.push(sandbox.stop);
    const control = sandboxControl(settings.controlUrl);
    screen.show(['starting the host …']);
    const host = await startHost(parts);
    children.push(host);
    stops.push(host.stop);
    const token = await keepToken(join(settings.dataDir, 'token'), () => control.token('operator'));
    stops.push(token.stop);
    await control.setWebhook(`${settings.productUrl}/api/hr/generic`);
    const api = gatehouseApi(settings.productUrl, token.current);
    const died = Promise.race(children.map((child) => child.died));
    died.catch(() => undefined);
    screen.show(['looking at the company for the first time …']);
    await Promise.race([baseline(api, signal), died]);
    return { api, control, died, stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    screen.show([]);
  }
}

function startSandbox({ settings: { sandboxDir, environment }, root, signal }: StartParts): Promise<RunningChild> {
  return startChild({
    name: 'The sandbox',
    args: ['sandbox/main.ts'],
    root,
    environment,
    logFile: join(sandboxDir, 'sandbox.log'),
    ready: 'sandbox ready',
    signal,
  });
}

function startHost({ settings: { dataDir, environment }, root, signal }: StartParts): Promise<RunningChild> {
  return startChild({
    name: 'The host',
    args: ['host/cli.ts', '.', '--data', dataDir],
    root,
    environment,
    logFile: join(dataDir, 'host.log'),
    ready: 'host ready',
    signal,
  });
}

async function baseline(api: GatehouseApi, signal: AbortSignal): Promise<void> {
  const until = performance.now() + baselinePatienceMs;
  let health: Health | undefined;
  while (performance.now() < until) {
    health = await api.health();
    if (health.baseline) return;
    await pause(lookAgainMs, undefined, { signal });
  }
  const down = (health?.dependencies ?? [])
    .filter(({ state }) => state === 'down')
    .map(({ name, message }) => `${name}: ${message ?? 'down'}`);
  throw new Error(
    `The product has not finished its first look within a minute. ${down.join('; ') || 'All dependencies answer; see host.log in the data folder.'}`,
  );
}
