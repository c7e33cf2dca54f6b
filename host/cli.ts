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
