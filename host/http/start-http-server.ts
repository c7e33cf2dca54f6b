import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { once } from 'node:events';
import { HostError } from '../host-error.ts';
import { isPortBusy } from '../is-port-busy.ts';
import { logLine } from '../log-line.ts';
import { messageOf } from '../message-of.ts';
import { sendFailure } from './http-exchange.ts';
import type { HttpExchange } from './http-exchange.ts';

/** Handles a request; it has to write the whole response. */
export type HttpHandler = (exchange: HttpExchange) => Promise<void> | void;

/** A listening server. Until `serve` is called every request gets 503. */
export type HttpServer = {
  readonly url: string;
  serve(handler: HttpHandler): void;
  /** Takes no more connections, and resolves when the requests in flight are answered, at most after `limitMs` milliseconds. */
  stop(limitMs: number): Promise<void>;
};

/** Listens on 127.0.0.1. Port 0 takes a free one. Throws `HostError` that names the setting where the port is busy. */
export async function startHttpServer(port: number): Promise<HttpServer> {
  let handler: HttpHandler = ({ response }) => void response.writeHead(503, { 'retry-after': '1' }).end();
  const server = createServer((request, response) => void handle(request, response, (exchange) => handler(exchange)));
  // Longer than the pause of any usual client, so that it does not send into a connection that is just being closed.
  server.keepAliveTimeout = 65_000;
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    throw listenProblem(port, error);
  }
  const address = server.address();
  const actual = typeof address === 'object' && address ? address.port : port;
  return {
    url: `http://127.0.0.1:${actual}`,
    serve: (next) => void (handler = next),
    stop: async (limitMs) => {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      const limit = setTimeout(() => server.closeAllConnections(), limitMs);
      await closed;
      clearTimeout(limit);
    },
  };
}

function listenProblem(port: number, error: unknown): HostError {
  if (isPortBusy(error))
    return new HostError(`Port ${port} of the Functions host is in use. Stop what listens there, or set PORT (or --port) to a free port.`);
  return new HostError(
    `The Functions host cannot listen on port ${port}: ${messageOf(error)}. Set PORT (or --port) to a port that this user may use.`,
  );
}

async function handle(request: IncomingMessage, response: ServerResponse, handler: HttpHandler): Promise<void> {
  const path = request.url ?? '/';
  const target = path.startsWith('/') ? `http://${request.headers.host ?? '127.0.0.1'}${path}` : path;
  if (!URL.canParse(target)) {
    response.writeHead(400, { 'content-length': '0' }).end();
    return;
  }
  try {
    await handler({ request, response, url: new URL(target), method: request.method ?? 'GET' });
  } catch (error) {
    // A client that breaks off its own request is no error of ours.
    if (request.destroyed && !request.complete) return;
    logLine('error', 'http', messageOf(error));
    sendFailure(response);
  }
}
