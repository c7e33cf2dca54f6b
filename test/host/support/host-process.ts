import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createHmac } from 'node:crypto';

const CLI = resolve(import.meta.dirname, '../../../host/cli.ts');
const APPS = resolve(import.meta.dirname, '../apps');

/** A folder for one test, removed by `remove`. */
export function scratchFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'gatehouse-host-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** How a host process is started. `app` is a folder of test/host/apps, or an absolute path. */
export type HostProcessOptions = {
  readonly app: string;
  readonly data: string;
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
};

/** A host in a process of its own. */
export class HostProcess {
  readonly child: ChildProcess;
  readonly data: string;
  output = '';
  errors = '';
  url = '';

  private constructor(child: ChildProcess, data: string) {
    this.child = child;
    this.data = data;
    child.stdout?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
  }

  /** Starts a host and waits until it is ready; where it ends instead, throws what it printed. */
  static async start(options: HostProcessOptions): Promise<HostProcess> {
    const host = HostProcess.launch(options);
    await until(() => host.output.includes('host ready') || host.child.exitCode !== null);
    const found = /^host ready (\S+)\n$/.exec(host.output);
    if (!found) throw new Error(`The host did not start: ${host.errors}${host.output}`);
    host.url = found[1] ?? '';
    return host;
  }

  /** Starts a host without waiting for it. */
  static launch({ app, data, args = [], environment = {} }: HostProcessOptions): HostProcess {
    const { GATEHOUSE_SERVICEBUS: _, PORT: __, ...inherited } = process.env;
    const env = {
      ...inherited,
      PORT: '0',
      NODE_COMPILE_CACHE: join(tmpdir(), 'gatehouse-compile-cache'),
      EFFECTS: join(data, 'effects'),
      ...environment,
    };
    const child = spawn(process.execPath, [CLI, resolve(APPS, app), '--data', data, ...args], {
      env,
      cwd: data,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new HostProcess(child, data);
  }

  /** The lines that the app wrote to its effects file so far. */
  effects(): readonly string[] {
    const file = join(this.data, 'effects');
    return existsSync(file)
      ? readFileSync(file, 'utf8')
          .split('\n')
          .filter((line) => line !== '')
      : [];
  }

  get masterKey(): string {
    return readFileSync(join(this.data, 'master-key'), 'utf8').trim();
  }

  /** An address of the durable HTTP API, with its system key. */
  durable(path: string): string {
    const code = createHmac('sha256', this.masterKey).update('durabletask_extension').digest('base64url');
    return `${this.url}/runtime/webhooks/durabletask/${path}${path.includes('?') ? '&' : '?'}code=${code}`;
  }

  /** Sends a signal and gives the exit code, `null` for a kill. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const exit = once(this.child, 'exit');
      this.child.kill(signal);
      await exit;
    }
    return this.child.exitCode;
  }

  /** Waits for the process to end by itself. */
  async exit(): Promise<number | null> {
    if (this.child.exitCode === null) await once(this.child, 'exit');
    return this.child.exitCode;
  }
}

/** Polls until a condition holds, at most 15 s; then the condition's own error, or its name, is thrown. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 15_000; Date.now() < end;) {
    if (await condition()) return;
    await new Promise((resume) => setTimeout(resume, 15));
  }
  throw new Error(`Never became true: ${condition.toString()}`);
}

/** An instance as the durable HTTP API shows it. */
export type InstanceView = {
  readonly runtimeStatus: string;
  readonly output: unknown;
  readonly customStatus: unknown;
  readonly input: unknown;
  readonly historyEvents?: readonly Record<string, unknown>[];
};

/** Starts an orchestration of the sample app through its HTTP function and durable client. */
export async function startOrchestration(host: HostProcess, name: string, id: string, input?: unknown): Promise<Response> {
  return fetch(`${host.url}/api/start/${name}/${id}`, { method: 'POST', body: input === undefined ? '' : JSON.stringify(input) });
}

/** The status of an instance. */
export async function instanceStatus(host: Pick<HostProcess, 'durable'>, id: string, query = ''): Promise<InstanceView> {
  const response = await fetch(host.durable(`instances/${id}${query}`));
  if (!response.ok) throw new Error(`Status of ${id}: ${response.status}`);
  return (await response.json()) as InstanceView;
}

/** The status of an instance once it has ended. */
export async function endOf(host: Pick<HostProcess, 'durable'>, id: string): Promise<InstanceView> {
  await until(async () =>
    ['Completed', 'Failed', 'Terminated'].includes((await instanceStatus(host, id, '?showInput=false')).runtimeStatus),
  );
  return instanceStatus(host, id);
}
