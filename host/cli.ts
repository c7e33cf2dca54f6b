import { setFlagsFromString } from 'node:v8';
import { messageOf } from './message-of.ts';
import { readOptions } from './read-options.ts';
import { startHost } from './start-host.ts';
import type { RunningHost } from './start-host.ts';

function fail(error: unknown): never {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
}

async function shutDown(host: RunningHost): Promise<void> {
  try {
    await host.stop();
    process.exit(0);
  } catch (error) {
    fail(error);
  }
}

// The libraries' down-levelled async functions leave generator closures that only a full collection can free. Left to itself V8 would
// let the heap grow to four times what is in use before it makes one; with this, to one and a half.
setFlagsFromString('--heap-growing-percent=50');

process.on('uncaughtException', (error) =>
  fail(new Error(`critical host The host ends because of an error that nothing handled: ${messageOf(error)}`)),
);

try {
  const host = await startHost(readOptions(process.argv.slice(2), process.env));
  let stoppingSince = 0;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      // A terminal and a parent process may both send the same interrupt: only a later one is meant as impatience.
      if (stoppingSince > 0 && Date.now() - stoppingSince > 1000) process.exit(1);
      if (stoppingSince > 0) return;
      stoppingSince = Date.now();
      void shutDown(host);
    });
  }
  process.stdout.write(`host ready ${host.url}\n`);
} catch (error) {
  fail(error);
}
