import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { once } from 'node:events';

export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };
type Settings = Readonly<Record<string, string>>;

/** Runs the command line with these arguments and no settings but those given. */
export function runCommand(args: readonly string[], settings: Settings): Promise<Ended> {
  return run(['--disable-warning=ExperimentalWarning', 'cli/main.ts', ...args], settings);
}

/** The same through the file that the package's `bin` names. */
export function runBin(args: readonly string[], settings: Settings): Promise<Ended> {
  return run(['scripts/gatehouse.mjs', ...args], settings);
}

async function run(args: readonly string[], settings: Settings): Promise<Ended> {
  const child = spawn(process.execPath, args, { env: { PATH: process.env['PATH'] ?? '', ...settings }, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), child.exitCode ?? once(child, 'exit')]);
  return { code: child.exitCode, stdout, stderr };
}
