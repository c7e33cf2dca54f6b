import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const APP = resolve(import.meta.dirname, '../apps/mixed');
const SCRIPT = join(import.meta.dirname, 'warm-host.ts');

/** A host process that is loaded first, started later and killed at any moment. */
export class KillableHost {
  readonly #child: ChildProcess;
  readonly #data: string;
  readonly #warm: Promise<unknown>;
  #said = '';
  #errors = '';
  url = '';
  serviceBusPort = 0;

  /** Loads a host for the data folder; `effects` is the file to which its app writes what it does. */
  constructor(data: string, effects: string) {
    const { GATEHOUSE_SERVICEBUS: _, ...inherited } = process.env;
    this.#data = data;
    const env = { ...inherited, EFFECTS: effects, NODE_COMPILE_CACHE: join(tmpdir(), 'gatehouse-compile-cache') };
    this.#child = spawn(process.execPath, [SCRIPT, APP, data], { env, stdio: 'pipe' });
    this.#child.stdout?.on('data', (chunk: Buffer) => (this.#said += chunk.toString()));
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.#errors += chunk.toString()));
    this.#warm = this.#until('warm');
  }

  /** Starts it; resolves once it serves, false where it was killed before that. Throws with what it said where it gave up by itself. */
  async start(): Promise<boolean> {
    await this.#warm;
    this.#child.stdin?.write('start\n');
    const found = await this.#until('ready (\\S+) (\\d+)');
    if (found === undefined) return false;
    this.url = found[1] ?? '';
    this.serviceBusPort = Number(found[2]);
    return true;
  }

  /** Resolves once it has loaded and can be started at once. */
  async loaded(): Promise<void> {
    await this.#warm;
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exit = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exit;
  }

  /** An address of its durable HTTP API, with the key. */
  durable(path: string): string {
    const master = readFileSync(join(this.#data, 'master-key'), 'utf8').trim();
    const code = createHmac('sha256', master).update('durabletask_extension').digest('base64url');
    return `${this.url}/runtime/webhooks/durabletask/${path}${path.includes('?') ? '&' : '?'}code=${code}`;
  }

  async #until(pattern: string): Promise<RegExpExecArray | undefined> {
    const line = new RegExp(`^${pattern}$`, 'm');
    const ended = once(this.#child, 'exit');
    for (let found = line.exec(this.#said); ; found = line.exec(this.#said)) {
      if (found) return found;
      if (this.#child.signalCode !== null) return undefined;
      if (this.#child.exitCode !== null) throw new Error(`The host gave up: ${this.#errors}`);
      await Promise.race([ended, once(this.#child.stdout ?? this.#child, 'data')]);
    }
  }
}
