import { endOf, instanceStatus, until } from './host-process.ts';
import type { HostProcess, InstanceView } from './host-process.ts';
import { routeOf } from './route-statuses.ts';

/** What a method of the durable client gave or threw. */
export type ClientResult = { readonly value?: unknown; readonly error?: string };

/** A request to the durable HTTP API, with its key. `path` begins after `durabletask/`. */
export type Api = (method: string, path: string, init?: RequestInit) => Promise<Response>;

/** The tools of a test with a running `management` app. */
export type ManagedHost = {
  /** The host of the moment. */
  readonly host: () => HostProcess;
  readonly api: Api;
  /** The statuses that `api` has met so far, by route. */
  readonly met: ReadonlyMap<string, ReadonlySet<number>>;
  /** The status that a request gets. */
  readonly statusOf: (method: string, path: string, init?: RequestInit) => Promise<number>;
  readonly start: (name: string, id: string, input?: unknown) => Promise<string>;
  readonly run: (name: string, id: string, input?: unknown) => Promise<InstanceView>;
  readonly client: (method: string, ...args: readonly unknown[]) => Promise<ClientResult>;
  readonly raise: (id: string, event: string, value: unknown) => Promise<number>;
  readonly fix: (action: 'break' | 'repair', name: string) => Promise<void>;
  readonly becomes: (id: string, status: string) => Promise<void>;
};

/** The tools over the host of the moment. */
export function managedHost(host: () => HostProcess): ManagedHost {
  const met = new Map<string, Set<number>>();
  const api: Api = async (method, path, init) => {
    const response = await fetch(host().durable(path), { method, ...init });
    const route = routeOf(method, path);
    met.set(route, (met.get(route) ?? new Set()).add(response.status));
    return response;
  };
  const start = async (name: string, id: string, input?: unknown): Promise<string> => {
    const response = await api('POST', `orchestrators/${name}/${id}`, input === undefined ? {} : { body: JSON.stringify(input) });
    if (response.status !== 202) throw new Error(`${name} did not start: ${response.status} ${await response.text()}`);
    return id;
  };
  return {
    host,
    api,
    met,
    statusOf: async (method, path, init) => (await api(method, path, init)).status,
    start,
    run: async (name, id, input) => endOf(host(), await start(name, id, input)),
    client: async (method, ...args) => {
      const response = await fetch(`${host().url}/api/client/${method}`, { method: 'POST', body: JSON.stringify(args) });
      return (await response.json()) as ClientResult;
    },
    raise: async (id, event, value) => (await api('POST', `instances/${id}/raiseEvent/${event}`, jsonOf(value))).status,
    fix: async (action, name) => {
      const done = await fetch(`${host().url}/api/${action}/${encodeURIComponent(name)}`, { method: 'POST' });
      if (!done.ok) throw new Error(`${action} ${name}: ${done.status}`);
    },
    becomes: (id, status) => until(async () => (await instanceStatus(host(), id)).runtimeStatus === status),
  };
}

/** A request with a JSON body. */
export function jsonOf(value: unknown): RequestInit {
  return { body: JSON.stringify(value), headers: { 'content-type': 'application/json' } };
}

/** The status and the JSON body of an answer. */
export async function answerOf(response: Response): Promise<unknown> {
  return [response.status, await response.json()];
}
