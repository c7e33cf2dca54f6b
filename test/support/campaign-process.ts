import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const checkout = resolve(import.meta.dirname, '../..');
const endWithParent = join(checkout, 'scripts/end-with-parent.mjs');
const startLimitMs = 180_000;
// PGlite is compiled once, not again where it is used much: that takes a third of the processor time from a start, and pays only in processes that live longer than a test's.
const engine = process.env['VITEST'] === undefined ? [] : ['--liftoff-only'];

/** How to start a process: a script of the checkout, its arguments and settings, and the words that it prints when it is ready. */
export type ProcessOrder = {
  readonly script: string;
  readonly args?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Where it works; else in the checkout. */ readonly folder?: string;
  readonly readyLine: RegExp;
};

/** A process of its own that ends with the one that started it. All that it prints is kept. */
export type OwnProcess = {
  readonly pid: number;
  output(): string;
  /** Resolves when the ready line was printed; throws with what was printed where the process ends before, or takes longer than three minutes. */
  ready(): Promise<void>;
  isRunning(): boolean;
  /** Sends the signal and resolves when the process is gone. */
  end(signal: NodeJS.Signals): Promise<void>;
};

/** Starts a script of the checkout. Settings that the environment of this process has for the product or the host are not handed on. */
export function startProcess({ script, args = [], environment, readyLine, folder = checkout }: ProcessOrder): OwnProcess {
  const child = spawn(process.execPath, [...engine, '--import', endWithParent, join(checkout, script), ...args], {
    cwd: folder,
    env: { ...inherited(), NODE_COMPILE_CACHE: join(tmpdir(), 'gatehouse-compile-cache'), ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  const keep = (chunk: Buffer): void => void (printed += chunk.toString());
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  return {
    pid: child.pid ?? 0,
    output: () => printed,
    ready: () => untilReady({ isRunning, isReady: () => readyLine.test(printed), printed: () => printed, script }),
    isRunning,
    async end(signal) {
      if (!isRunning()) return;
      const exit = once(child, 'exit');
      child.kill(signal);
      await exit;
    },
  };
}

type Starting = {
  readonly isRunning: () => boolean;
  readonly isReady: () => boolean;
  readonly printed: () => string;
  readonly script: string;
};

async function untilReady({ isRunning, isReady, printed, script }: Starting): Promise<void> {
  const limit = AbortSignal.timeout(startLimitMs);
  while (!isReady()) {
    if (!isRunning()) throw new Error(`${script} ended before it was ready:\n${printed()}`);
    if (limit.aborted) throw new Error(`${script} was not ready within ${startLimitMs} ms:\n${printed()}`);
    await pause(10);
  }
}

function inherited(): NodeJS.ProcessEnv {
  const foreign = /^(GATEHOUSE_|PORT$|DATABASE_URL$|NODE_OPTIONS$|VITEST)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
