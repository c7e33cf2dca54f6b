import { HostProcess, endOf, instanceStatus, scratchFolder, until } from './host-process.ts';
import type { InstanceView } from './host-process.ts';

/** A host whose time stands still until a test moves it. */
export type PausedHost = {
  /** An address of the durable HTTP API, with its system key. */
  durable(path: string): string;
  /** Milliseconds since 1970. */
  now(): Promise<number>;
  /** Puts the clock forward; what fell due before that is due together. */
  advance(ms: number): Promise<void>;
  /** Lets so much time pass, each thing that is due at its time, until the host is idle at the end of it. */
  pass(ms: number): Promise<void>;
  /** Starts an orchestration. */
  start(name: string, id: string, input?: unknown): Promise<void>;
  raise(id: string, event: string, value: unknown): Promise<void>;
  status(id: string, query?: string): Promise<InstanceView>;
  /** The status of an instance once it has ended, while no time passes. */
  end(id: string): Promise<InstanceView>;
  stop(): Promise<void>;
};

type ClockView = { readonly now: string; readonly mode: string; readonly nextDue: string | null; readonly isIdle: boolean };

/** It stands still, and all that was due by then is done. */
function isThrough({ now, mode, nextDue, isIdle }: ClockView): boolean {
  return mode === 'paused' && isIdle && (nextDue === null || nextDue > now);
}

/** Starts an app of test/host/apps. */
export async function startPausedHost(app: string): Promise<PausedHost> {
  const scratch = scratchFolder();
  const host = await HostProcess.start({ app, data: scratch.path, args: ['--clock', 'paused'] });
  const clock = async (change?: object): Promise<ClockView> => {
    const headers = { 'x-functions-key': host.masterKey };
    const ask = change === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(change) };
    return (await (await fetch(`${host.url}/admin/host/clock`, ask)).json()) as ClockView;
  };
  const now = async (): Promise<number> => Date.parse((await clock()).now);
  const at = (ms: number): string => new Date(ms).toISOString();
  const post = async (path: string, value: unknown): Promise<void> => {
    const body = value === undefined ? '' : JSON.stringify(value);
    const response = await fetch(host.durable(path), { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    if (response.status !== 202) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  };
  return {
    durable: (path) => host.durable(path),
    now,
    advance: async (ms) => void (await clock({ set: at((await now()) + ms) })),
    pass: async (ms) => {
      await clock({ mode: 'auto', until: at((await now()) + ms) });
      await until(async () => isThrough(await clock()));
    },
    start: (name, id, input) => post(`orchestrators/${name}/${id}`, input),
    raise: (id, event, value) => post(`instances/${id}/raiseEvent/${event}`, value),
    status: (id, query) => instanceStatus(host, id, query),
    end: (id) => endOf(host, id),
    stop: async () => {
      await host.end();
      scratch.remove();
    },
  };
}
