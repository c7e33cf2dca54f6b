import type { Server, Socket } from 'node:net';

/** A listening server. `close` ends it at once, open connections included. */
export type Listening = { readonly port: number; readonly close: () => Promise<void> };

/** Where to listen: port 0 takes a free one. `setting` is named when the port is busy; while `isUnreachable` says so, every new connection is cut. */
export type Place = { readonly port: number; readonly setting: string; readonly isUnreachable: () => boolean };

/** Listens on 127.0.0.1. Throws an error for people, which names the setting, when the port is busy. */
export async function listen(server: Server, place: Place): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    if (place.isUnreachable()) return void socket.destroy();
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.once('close', () => sockets.delete(socket));
  });
  const taken = await open(server, place);
  return {
    port: taken,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        sockets.forEach((socket) => socket.destroy());
      }),
  };
}

function open(server: Server, { port, setting }: Place): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const advice = `Port ${port} is busy. Stop what listens there, or set ${setting} to another port.`;
      reject(error.code === 'EADDRINUSE' ? new Error(advice, { cause: error }) : error);
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
