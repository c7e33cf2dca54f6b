import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

type Employee = Readonly<Record<string, unknown>>;

/** A small server that speaks the two calls of BambooHR that Gatehouse makes, for one key. `employees` is what it holds, to be changed by the test. */
export type BambooServer = {
  readonly url: string;
  readonly employees: Map<string, Employee>;
  readonly deleted: Set<string>;
  readonly asked: { readonly path: string; readonly fields: readonly string[]; readonly authorization: string }[];
  stop(): Promise<void>;
};

export const bambooKey = 'a-bamboo-key';
const credentials = `Basic ${Buffer.from(`${bambooKey}:x`).toString('base64')}`;

/** Starts it on a free port of 127.0.0.1. */
export async function startBambooServer(): Promise<BambooServer> {
  const world = { employees: new Map<string, Employee>(), deleted: new Set<string>(), asked: [] as BambooServer['asked'] };
  const server = createServer((request, response) => answer(world, request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    ...world,
    url: `http://127.0.0.1:${address.port}/api`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

type World = Pick<BambooServer, 'employees' | 'deleted' | 'asked'>;

function answer({ employees, deleted, asked }: World, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://bamboo');
  const fields = (searchParams.get('fields') ?? '').split(',');
  asked.push({ path: pathname, fields, authorization: request.headers.authorization ?? '' });
  const send = (status: number, body: unknown, headers: Record<string, string> = {}) =>
    void response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(body === undefined ? '' : JSON.stringify(body));
  if (request.headers.authorization !== credentials) return send(401, undefined, { 'X-BambooHR-Error-Message': 'Invalid API key' });
  if (pathname === '/api/v1/employees/changed')
    return send(200, { latest: '2026-11-21T00:00:00Z', employees: changes(employees, deleted) });
  const id = pathname.replace('/api/v1/employees/', '');
  const found = employees.get(id);
  if (found === undefined) return send(404, undefined, { 'X-BambooHR-Error-Message': 'Employee not found' });
  send(200, { id, ...Object.fromEntries(Object.entries(found).filter(([name]) => fields.includes(name))) });
}

/** PHP writes an empty map as an empty list. */
function changes(employees: ReadonlyMap<string, Employee>, deleted: ReadonlySet<string>): unknown {
  const there = [...employees.keys()].map((id) => [id, { id, action: 'Updated', lastChanged: '2026-11-20T00:00:00+00:00' }] as const);
  const gone = [...deleted].map((id) => [id, { id, action: 'Deleted', lastChanged: '2026-11-20T00:00:00+00:00' }] as const);
  return there.length + gone.length === 0 ? [] : Object.fromEntries([...there, ...gone]);
}
