import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import SCIMMY from 'scimmy';
import SCIMMYRouters from 'scimmy-routers';

/** What a call was, as it came over the wire. */
export type SeenRequest = { readonly method: string; readonly path: string; readonly body: unknown; readonly status: number };

/** An application that speaks SCIM by a library that is not ours (scimmy-routers). It keeps what it was sent. */
export type ScimmyServer = {
  readonly url: string;
  readonly token: string;
  readonly userRows: ReadonlyMap<string, Record<string, unknown>>;
  readonly groupRows: ReadonlyMap<string, Record<string, unknown>>;
  readonly requests: readonly SeenRequest[];
  /** Does the next call of this kind, and cuts the connection instead of answering. */
  readonly loseAnswerTo: (method: string, path: string) => void;
  readonly stop: () => Promise<void>;
};

type Row = Record<string, unknown> & { id: string };
type Filter = { readonly id?: string; readonly filter?: { match(rows: Row[]): Row[] } };

/** Starts it on a free port with empty stores. The library keeps its resource types for the whole process, so there is one server at a time. */
export async function startScimmy(): Promise<ScimmyServer> {
  const users = new Map<string, Row>();
  const groups = new Map<string, Row>();
  const requests: SeenRequest[] = [];
  const lost: string[] = [];
  const token = randomUUID();
  SCIMMY.Resources.User.extend(SCIMMY.Schemas.EnterpriseUser, false);
  SCIMMY.Resources.declare(SCIMMY.Resources.User, handlers(users, 'userName'));
  SCIMMY.Resources.declare(SCIMMY.Resources.Group, handlers(groups, 'externalId'));
  const app = express();
  app.use((request, response, next) => {
    response.setHeader('x-request-id', randomUUID());
    // The library writes numbers into the query, which express 5 reads anew each time.
    Object.defineProperty(request, 'query', { value: { ...request.query }, writable: true });
    response.on('finish', () => {
      requests.push({ method: request.method, path: request.originalUrl, body: request.body, status: response.statusCode });
    });
    const at = lost.indexOf(`${request.method} ${request.path}`);
    if (at >= 0) {
      lost.splice(at, 1);
      response.send = () => response.destroy() && response;
    }
    next();
  });
  app.use('/scim', new SCIMMYRouters({ type: 'bearer', handler: (request) => authenticate(request.header('authorization'), token) }));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/scim`,
    token,
    userRows: users,
    groupRows: groups,
    requests,
    loseAnswerTo: (method, path) => void lost.push(`${method} ${path}`),
    stop: () => close(server),
  };
}

function authenticate(header: string | undefined, token: string): string {
  if (header !== `Bearer ${token}`) throw new Error('no such token');
  return 'gatehouse';
}

function handlers(rows: Map<string, Row>, unique: string) {
  return {
    egress: (resource: Filter) => {
      if (resource.id !== undefined) return found(rows, resource.id);
      const all = [...rows.values()];
      return resource.filter === undefined ? all : resource.filter.match(all);
    },
    ingress: (resource: Filter, instance: object) => {
      const written: Record<string, unknown> = JSON.parse(JSON.stringify(instance));
      const id = resource.id ?? randomUUID();
      if (resource.id !== undefined) found(rows, resource.id);
      const value = written[unique];
      const isTaken = typeof value === 'string' && [...rows.values()].some((row) => row.id !== id && fold(row[unique]) === fold(value));
      if (isTaken) throw new SCIMMY.Types.Error(409, 'uniqueness', `${unique} is taken`);
      const now = new Date().toISOString();
      const row = { ...written, id, meta: { created: now, lastModified: now } };
      rows.set(id, row);
      return row;
    },
    degress: (resource: Filter) => {
      found(rows, resource.id ?? '');
      rows.delete(resource.id ?? '');
    },
  };
}

function found(rows: ReadonlyMap<string, Row>, id: string): Row {
  const row = rows.get(id);
  if (row === undefined) throw new SCIMMY.Types.Error(404, null as never, `Resource ${id} not found`);
  return row;
}

function fold(value: unknown): string {
  return String(value).toLowerCase();
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
