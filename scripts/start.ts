// npm start: the embedded host, a simulated company, and a sample day of hires through the real path; docs/sandbox.md says what is there.
import { dirname } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { closingWords } from './start/closing-words.ts';
import { emptyFolder } from './start/empty-folder.ts';
import { paint } from './start/paint.ts';
import { playDay } from './start/play-day.ts';
import { readStartOptions, type StartOptions } from './start/read-start-options.ts';
import { openScreen } from './start/screen.ts';
import { type RunningAll, startAll } from './start/start-all.ts';
import { startSettings } from './start/start-settings.ts';
import { waitForPorts } from './start/wait-for-ports.ts';

const root = dirname(import.meta.dirname);
const screen = openScreen();
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupted.abort());
const interruption = new Promise<'interrupted'>((resolve) =>
  interrupted.signal.addEventListener('abort', () => resolve('interrupted'), { once: true }),
);

const exitCodeOfInterrupt = 130;
process.exitCode = await run(readStartOptions(process.argv.slice(2)));

async function run(options: StartOptions): Promise<number> {
  let running: RunningAll | undefined;
  try {
    running = await start(options);
    const outcome = await Promise.race([running.died, interruption, live(options, running)]);
    if (outcome === 'interrupted') return options.once ? exitCodeOfInterrupt : 0;
    return outcome ? 0 : 1;
  } catch (error) {
    if (interrupted.signal.aborted) return options.once ? exitCodeOfInterrupt : 0;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  } finally {
    // Ends whatever still waits, also where one of the processes has died.
    interrupted.abort();
    screen.show([]);
    await running?.stop();
  }
}

async function start(options: StartOptions): Promise<RunningAll> {
  const since = performance.now();
  const settings = startSettings(process.env, root);
  await waitForPorts(settings.ports);
  if (options.reset) {
    emptyFolder({ path: settings.dataDir, mark: 'host.sqlite' }, root);
    emptyFolder({ path: settings.sandboxDir, mark: 'world.sqlite' }, root);
  }
  const running = await startAll({ settings, root, screen, signal: interrupted.signal });
  const seconds = ((performance.now() - since) / 1000).toFixed(1);
  screen.print(
    `${paint.bold('Gatehouse')} ${settings.productUrl}/console  ${paint.dim(`(token in ${settings.dataDir}/token; company at ${settings.controlUrl}; ready in ${seconds} s)`)}`,
  );
  return running;
}

/** Plays the day and, unless only that was asked for, stays. */
async function live(options: StartOptions, { api, control }: RunningAll): Promise<boolean> {
  const isRight = options.quietDay || (await playDay({ api, control, screen, signal: interrupted.signal }));
  if (options.once) return isRight;
  const { productUrl } = startSettings(process.env, root);
  for (const line of closingWords({ productUrl, now: await control.now(), pid: process.pid })) screen.print(line);
  return pause(2 ** 31 - 1, isRight, { signal: interrupted.signal });
}
