import { join } from 'node:path';
import { steadyPort } from './campaign-ports.ts';
import { type OwnProcess, startProcess } from './campaign-process.ts';

export type SystemName = 'graph' | 'oci' | 'directory' | 'hr';

/** The simulated company in a process of its own, and the ways to look into it over its control port. */
export type World = {
  readonly process: OwnProcess;
  /** The settings with which a product finds this world. */
  readonly settings: Readonly<Record<string, string>>;
  get(path: string): Promise<unknown>;
  post(path: string, body: unknown): Promise<unknown>;
  /** HR enters a new worker, which posts an event. */
  hire(worker: object): Promise<void>;
  /** HR changes what it has of a worker, which posts an event. */
  change(workerId: string, changes: object): Promise<void>;
  /** A token for the product's API, good for a day. */
  token(client?: string): Promise<string>;
};

const tenant = '8f2c1a9e-3b47-4d1c-9a55-6c0de1b2a3f4';

/** Starts a fresh world in `folder`, on ports of its own. `environment` is for further settings of the sandbox. */
export async function startWorld(folder: string, environment: Readonly<Record<string, string>> = {}): Promise<World> {
  const [control, graph, oci, ldaps] = [await steadyPort(), await steadyPort(), await steadyPort(), await steadyPort()];
  const urls = {
    GATEHOUSE_GRAPH_URL: `http://127.0.0.1:${graph}`,
    GATEHOUSE_OCI_URL: `http://127.0.0.1:${oci}`,
    GATEHOUSE_AD_URL: `ldaps://127.0.0.1:${ldaps}`,
  };
  const world = startProcess({
    script: 'sandbox/main.ts',
    environment: { ...environment, ...urls, GATEHOUSE_SANDBOX_PORT: String(control), GATEHOUSE_SANDBOX_DIR: folder },
    readyLine: /^sandbox ready/m,
  });
  await world.ready();
  const origin = `http://127.0.0.1:${control}`;
  const post = async (path: string, body: unknown): Promise<unknown> =>
    (await call(`${origin}${path}`, { method: 'POST', body: JSON.stringify(body) })).json();
  return {
    process: world,
    settings: { ...urls, ...productSettings(origin, folder) },
    get: async (path) => (await call(`${origin}${path}`, {})).json(),
    post,
    async hire(worker) {
      await call(`${origin}/hr/v1/workers`, {
        method: 'POST',
        body: JSON.stringify(worker),
        headers: { Authorization: 'Bearer sandbox-hr-api-key' },
      });
    },
    async change(workerId, changes) {
      await call(`${origin}/hr/v1/workers/${workerId}`, {
        method: 'PATCH',
        body: JSON.stringify(changes),
        headers: { Authorization: 'Bearer sandbox-hr-api-key' },
      });
    },
    async token(client = 'operator') {
      const answer = await post('/tokens', { client });
      if (typeof answer === 'object' && answer !== null && 'token' in answer) return String(answer.token);
      throw new Error(`The world gave no token: ${JSON.stringify(answer)}`);
    },
  };
}

/** The sandbox's credentials stand in docs/sandbox.md. */
function productSettings(origin: string, folder: string): Readonly<Record<string, string>> {
  return {
    GATEHOUSE_AD_CA: join(folder, 'tls', 'ca.pem'),
    GATEHOUSE_HR_URL: origin,
    GATEHOUSE_BAMBOO_URL: `${origin}/bamboo/api`,
    GATEHOUSE_CLOCK_URL: origin,
    GATEHOUSE_TENANT: tenant,
    GATEHOUSE_SECRET_HR_GENERIC: 'sandbox-hr-secret',
    GATEHOUSE_SECRET_HR_API: 'sandbox-hr-api-key',
    GATEHOUSE_SECRET_BAMBOO_WEBHOOK: 'sandbox-bamboo-webhook-secret',
    GATEHOUSE_SECRET_BAMBOO_KEY: 'sandbox-bamboo-key',
    GATEHOUSE_SECRET_AD_BIND: 'sandbox-ad-secret',
    GATEHOUSE_SECRET_ENTRA_CLIENT: 'sandbox-graph-secret',
    GATEHOUSE_SECRET_ENTRA_HANDS: 'sandbox-hands-secret',
    GATEHOUSE_SECRET_OCI_CLIENT: 'sandbox-oci-secret',
  };
}

type Call = { readonly method?: string; readonly body?: string; readonly headers?: Readonly<Record<string, string>> };

async function call(url: string, init: Call): Promise<Response> {
  const response = await fetch(url, { ...init, headers: { 'Content-Type': 'application/json', ...init.headers } });
  if (!response.ok) throw new Error(`${init.method ?? 'GET'} ${url} answered ${response.status}: ${await response.text()}`);
  return response;
}
