import { createServer, type Server } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';

/** A Hono app whose handlers can reach the socket, which `send` needs to cut a connection. */
export type HttpApp = Hono<{ Bindings: HttpBindings }>;

/** A listening server. `close` ends it at once, open connections included. */
export type Served = { readonly port: number; readonly url: string; readonly close: () => Promise<void> };

// Clients reuse idle connections; ours must outlive theirs, or a request meets a socket that is just closing.
const keepAliveMs = 75_000;

/** Serves the app on 127.0.0.1. Port 0 takes a free one. Throws an error for people, which names `setting`, when the port is busy. */
export async function serve(app: HttpApp, options: { readonly port: number; readonly setting: string }): Promise<Served> {
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer({ keepAliveTimeout: keepAliveMs, noDelay: true }, (incoming, outgoing) => void listener(incoming, outgoing));
  const port = await listen(server, options.port, options.setting);
  return { port, url: `http://127.0.0.1:${port}`, close: () => close(server) };
}

function listen(server: Server, port: number, setting: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isBusy = error.code === 'EADDRINUSE';
      reject(
        isBusy ? new Error(`Port ${port} is busy. Stop what listens there, or set ${setting} to another port.`, { cause: error }) : error,
      );
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
