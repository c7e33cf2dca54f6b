import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

/** A process to start, and how it says that it is ready. */
export type ChildPlan = {
  /** For people: `the host`. */
  readonly name: string;
  readonly args: readonly string[];
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly logFile: string;
  /** How the line begins by which it says that it is ready. */
  readonly ready: string;
  /** Gives up the start. */
  readonly signal: AbortSignal;
};

/** A process that is ready. `died` rejects, with the end of its log, when it ends without having been stopped. */
export type RunningChild = { readonly died: Promise<never>; readonly stop: () => Promise<void> };

const linesOfLog = 8;
const stopPatienceMs = 40_000;

/** Starts the process, its words going to its log, and waits until it is ready. It ends when this process does, however that ends. Throws with the end of the log when it ends first. */
export async function startChild(plan: ChildPlan): Promise<RunningChild> {
  const child = spawnLogged(plan);
  let isStopping = false;
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(signal === null ? `exit code ${code}` : signal));
  });
  const died = exited.then((how) => (isStopping ? new Promise<never>(() => undefined) : Promise.reject(new Error(obituary(plan, how)))));
  // Whoever waits for `died` hears of it; until then it is no unhandled rejection.
  died.catch(() => undefined);
  const stop = async (): Promise<void> => {
    isStopping = true;
    child.kill('SIGTERM');
    const impatience = setTimeout(() => child.kill('SIGKILL'), stopPatienceMs);
    await exited;
    clearTimeout(impatience);
  };
  try {
    await Promise.race([readyLine(child, plan), died, once(plan.signal, 'abort')]);
    plan.signal.throwIfAborted();
  } catch (error) {
    await stop();
    throw error;
  }
  return { died, stop };
}

function spawnLogged({ args, root, environment, logFile }: ChildPlan): ChildProcess {
  mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 });
  const log = openSync(logFile, 'a', 0o600);
  const endWithParent = pathToFileURL(join(root, 'scripts/end-with-parent.mjs')).href;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--import', endWithParent, ...args], {
    cwd: root,
    // What Node made of the sources on an earlier start is used again.
    env: { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'node-compile'), ...environment },
    stdio: ['ignore', 'pipe', log, 'ipc'],
    // A group of its own: an interrupt at the terminal reaches it through this process, in order.
    detached: process.platform !== 'win32',
  });
  child.stdout?.on('data', (words: Buffer) => writeSync(log, words));
  child.once('close', () => closeSync(log));
  return child;
}

function readyLine(child: ChildProcess, { ready }: ChildPlan): Promise<void> {
  return new Promise((resolve) => {
    if (child.stdout === null) return;
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      if (line.startsWith(ready)) resolve();
    });
  });
}

function obituary({ name, logFile }: ChildPlan, how: string): string {
  const end = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-linesOfLog);
  return [`${name} ended (${how}). The end of ${logFile}:`, ...end.map((line) => `  ${line}`)].join('\n');
}
