import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** An endpoint in a process of its own. */
export interface EndpointChild {
  readonly child: ChildProcess;
  readonly port: number;
}

/** Starts endpoint-process.ts on a file of this folder and waits until it listens. */
export async function startChild(folder: string): Promise<EndpointChild> {
  const program = join(import.meta.dirname, 'endpoint-process.ts');
  const child = spawn(process.execPath, [program, join(folder, 'bus.sqlite')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface(child.stdout), 'line');
  return { child, port: Number(line) };
}

/** Ends it as `kill -9` does, if it still runs. */
export async function killChild({ child }: EndpointChild): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
