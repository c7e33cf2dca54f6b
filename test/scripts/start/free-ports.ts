import { createServer, type Server } from 'node:net';

/** So many ports of 127.0.0.1 that nobody listens on. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0)));
  const ports = servers.map(({ port }) => port);
  await Promise.all(servers.map(({ server }) => close(server)));
  return ports;
}

/** A free port with another free one so far below it. */
export async function freePortAbove(distance: number): Promise<number> {
  for (;;) {
    const { server, port } = await listen(0);
    const below = await listen(port - distance).catch(() => undefined);
    await Promise.all([close(server), below === undefined ? undefined : close(below.server)]);
    if (below !== undefined) return port;
  }
}

function listen(port: number): Promise<{ readonly server: Server; readonly port: number }> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve({ server, port: typeof address === 'object' && address !== null ? address.port : port });
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
