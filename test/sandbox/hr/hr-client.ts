import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { OpenedWorld } from '../../../sandbox/foundation/open-world.ts';
import { serve } from '../../../sandbox/foundation/serve.ts';
import { startHr, type RunningHr } from '../../../sandbox/hr/start-hr.ts';
import { atEnd } from '../foundation/temporary-world.ts';

/** What the tests look into of an answer of HR; absent where the answer is of another kind. */
export type Body = {
  readonly workerId: string;
  readonly revision: number;
  readonly updatedAt: string;
  readonly department?: string | null;
  readonly workers: readonly { readonly workerId: string }[];
  readonly nextCursor: string | null;
  readonly error?: { readonly code: string; readonly message: string };
};

/** A running HR system with a client that has the API key. */
export type HrClient = {
  readonly hr: RunningHr;
  readonly url: string;
  readonly call: (method: string, path: string, body?: unknown, key?: string) => Promise<{ readonly status: number; readonly body: Body }>;
};

/** Starts HR over the world. */
export async function anHrClient(world: OpenedWorld): Promise<HrClient> {
  const hr = startHr(world);
  atEnd(hr.stop);
  const served = await serve(hr.app, { port: 0, setting: 'GATEHOUSE_TEST' });
  atEnd(served.close);
  const call: HrClient['call'] = async (method, path, body, key = 'sandbox-hr-api-key') => {
    const response = await fetch(`${served.url}/hr/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Body };
  };
  return { hr, url: served.url, call };
}

/** Zoë, whom the contract's example event tells of. */
export function aWorker(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    workerId: '10042',
    status: 'active',
    workerType: 'employee',
    name: { given: 'Zoë', family: "O'Brien", preferred: 'Zoe' },
    personalEmail: 'zoe@example.net',
    jobTitle: 'Engineer',
    jobCode: 'ENG2',
    department: 'Platform',
    costCenter: 'CC-100',
    company: 'Contoso',
    division: 'R&D',
    location: { code: 'LIS', city: 'Lisbon', country: 'PT' },
    managerId: '10001',
    hireDate: '2026-12-01',
    lastDay: null,
    timeZone: 'Europe/Lisbon',
    phone: '+351 210 000 000',
    custom: {},
    ...changes,
  };
}

/** A post that a webhook got. */
export type Post = {
  readonly signature: string;
  readonly raw: string;
  readonly event: { readonly id: string; readonly occurredAt: string; readonly worker: Body };
};

/** A webhook that keeps what it gets and answers with the statuses given in turn, then with 202. */
export async function aWebhook(
  statuses: readonly number[] = [],
): Promise<{ readonly url: string; readonly posts: readonly Post[]; readonly server: Server }> {
  const posts: Post[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString();
      posts.push({ signature: String(request.headers['gatehouse-signature']), raw, event: JSON.parse(raw) as Post['event'] });
      response.writeHead(statuses[posts.length - 1] ?? 202).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/hr/generic`, posts, server };
}
