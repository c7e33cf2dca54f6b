import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';

const ROOT = dirname(dirname(import.meta.dirname));
const NPM_FLAGS = ['npm_config_once', 'npm_config_reset', 'npm_config_quiet_day'];

/** What a finished process said, and its exit code. */
export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** A temporary folder with the way in (scripts/node24.mjs) and the given files; the caller removes it. */
export function makeCheckout(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-checkout-'));
  mkdirSync(join(folder, 'scripts'));
  for (const name of ['node24.mjs', 'end-with-parent.mjs']) copyFileSync(join(ROOT, 'scripts', name), join(folder, 'scripts', name));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** The same, with this checkout's packages installed. */
export function makeInstalledCheckout(files: Readonly<Record<string, string>>): string {
  const folder = makeCheckout({ 'test/support/graph-calls.ts': '', ...files });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  copyFileSync(join(ROOT, 'node_modules/.package-lock.json'), join(folder, 'package-lock.json'));
  return folder;
}

/** Starts scripts/node24.mjs of the checkout on the Node that runs npm (`npm_node_execpath`), the oldest that is at hand. */
export function startInCheckout(folder: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
  const inherited = Object.entries(process.env).filter(([name]) => name !== 'npm_command' && !NPM_FLAGS.includes(name));
  const env: NodeJS.ProcessEnv = { ...Object.fromEntries(inherited), ...environment };
  return spawn(env['npm_node_execpath'] ?? process.execPath, [join(folder, 'scripts/node24.mjs'), ...args], { cwd: folder, env });
}

/** Waits for the process to end. */
export function ended(child: ChildProcess): Promise<Ended> {
  const said = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk) => (said.stdout += String(chunk)));
  child.stderr?.on('data', (chunk) => (said.stderr += String(chunk)));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...said })));
}

/** The first line that the process writes to its standard output. */
export function firstLine(child: ChildProcess): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    child.on('close', () => reject(new Error(`The process ended after saying "${text}".`)));
    child.stdout?.on('data', (chunk) => {
      text += String(chunk);
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
  });
}

/** Whether a process of this id is running. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
