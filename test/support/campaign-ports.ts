import { once } from 'node:events';
import { createServer } from 'node:net';

const lowest = 10_000;
const range = 20_000;

/**
 * A port of 127.0.0.1 on which nothing listens, for a server that has to come back on the same port after a kill. It lies below the range from which the
 * operating system takes ports for outgoing connections (Linux: 32768 and above), so that none of these can occupy it meanwhile.
 */
export async function steadyPort(): Promise<number> {
  for (;;) {
    const port = lowest + Math.floor(Math.random() * range);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
