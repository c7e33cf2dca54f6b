import type { Server, Socket } from 'node:net';

/** A listening server. `close` ends it at once, open connections included. */
export type Listening = { readonly port: number; readonly close: () => Promise<void> };

/** Listens on 127.0.0.1; port 0 takes a free one. Throws an error for people, which names the setting, when the port is busy. */
export async function listen(server: Server, port: number): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.once('close', () => sockets.delete(socket));
  });
  const taken = await open(server, port);
  return {
    port: taken,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        sockets.forEach((socket) => socket.destroy());
      }),
  };
}

function open(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const advice = `Port ${port} is busy. Stop what listens there, or set GATEHOUSE_AD_URL to another port.`;
      reject(error.code === 'EADDRINUSE' ? new Error(advice, { cause: error }) : error);
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
