import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startHost } from '../../../host/start-host.ts';
import { instanceStatus, scratchFolder, until } from './host-process.ts';
import type { InstanceView } from './host-process.ts';

/** A host in this process, whose time stands still until a test moves it. */
export type VirtualHost = {
  readonly url: string;
  /** Milliseconds since 1970. */
  readonly clock: { now: number };
  /** An address of the durable HTTP API, with its system key. */
  durable(path: string): string;
  /** Starts an orchestration. */
  start(name: string, id: string, input?: unknown): Promise<void>;
  raise(id: string, event: string, value: unknown): Promise<void>;
  status(id: string, query?: string): Promise<InstanceView>;
  /** The status of an instance once it has ended; time goes on by `stepMs` with each look. */
  end(id: string, stepMs?: number): Promise<InstanceView>;
  stop(): Promise<void>;
};

const APPS = resolve(import.meta.dirname, '../apps');

/** Starts an app of test/host/apps. A process holds one app, so a test file has one virtual host. */
export async function startVirtualHost(app: string): Promise<VirtualHost> {
  const scratch = scratchFolder();
  const clock = { now: Date.parse('2026-01-05T08:00:00Z') };
  const host = await startHost({ folder: join(APPS, app), port: 0, dataFolder: scratch.path, serviceBusPort: 0, now: () => clock.now });
  const key = readFileSync(join(scratch.path, 'master-key'), 'utf8').trim();
  const code = createHmac('sha256', key).update('durabletask_extension').digest('base64url');
  const durable = (path: string): string => `${host.url}/runtime/webhooks/durabletask/${path}${path.includes('?') ? '&' : '?'}code=${code}`;
  const post = async (path: string, value: unknown): Promise<void> => {
    const body = value === undefined ? '' : JSON.stringify(value);
    const response = await fetch(durable(path), { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    if (response.status !== 202) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  };
  const status = (id: string, query = ''): Promise<InstanceView> => instanceStatus({ durable }, id, query);
  return {
    url: host.url,
    clock,
    durable,
    status,
    start: (name, id, input) => post(`orchestrators/${name}/${id}`, input),
    raise: (id, event, value) => post(`instances/${id}/raiseEvent/${event}`, value),
    end: async (id, stepMs = 0) => {
      await until(async () => {
        clock.now += stepMs;
        return ['Completed', 'Failed', 'Terminated'].includes((await status(id, '?showInput=false')).runtimeStatus);
      });
      return status(id);
    },
    stop: async () => {
      await host.stop();
      scratch.remove();
    },
  };
}
