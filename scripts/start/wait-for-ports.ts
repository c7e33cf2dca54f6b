import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { NeededPort } from './start-settings.ts';

// An earlier start that was killed needs a moment until its children have ended.
const patienceMs = 6_000;
const lookAgainMs = 100;

/** Waits until every port is free on 127.0.0.1. Throws an error for people, naming the busy port and its setting, when one stays taken that long (six seconds by default). */
export async function waitForPorts(ports: readonly NeededPort[], waitMs = patienceMs): Promise<void> {
  const until = performance.now() + waitMs;
  for (;;) {
    const taken = await Promise.all(ports.map(async (needed) => ((await isFree(needed.port)) ? [] : [needed])));
    const [busy] = taken.flat();
    if (busy === undefined) return;
    if (performance.now() > until)
      throw new Error(`Port ${busy.port} is busy. Stop what listens there (an earlier npm start?), or set ${busy.setting} to another one.`);
    await pause(lookAgainMs);
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error)));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
