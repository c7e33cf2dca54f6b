import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import pg from 'pg';

/** A PostgreSQL of the test's own. */
export type TestPostgres = {
  /** A new, empty database on it; of whom it is may be said. */
  readonly database: (owner?: string) => Promise<string>;
  /** Ends the server as a crash does. What was committed is there again after `resume`. */
  readonly crash: () => Promise<void>;
  readonly resume: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** The folder of PostgreSQL's programs; undefined where the machine has none. */
export const postgresPrograms = process.env['GATEHOUSE_TEST_POSTGRES'];

// `nobody` on every Linux: PostgreSQL refuses to run as root.
const nobody = 65_534;

/** A port of 127.0.0.1 where a password is demanded over TLS, and by whose certificate. */
export type OverTls = { readonly port: number; readonly certificate: string; readonly key: string };

type How = { readonly programs?: string | undefined; readonly tls?: OverTls };

/** Starts a PostgreSQL, by the programs in this folder, on a Unix socket in a folder of its own, without care for a loss of power; on a port too, where one is given. */
export async function startPostgres({ programs = postgresPrograms, tls }: How = {}): Promise<TestPostgres> {
  if (programs === undefined) throw new Error('There is no PostgreSQL on this machine.');
  const isRoot = process.getuid?.() === 0;
  const owner = isRoot ? { uid: nobody, gid: nobody } : {};
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-pg-'));
  if (isRoot) await chown(folder, nobody, nobody);
  const data = join(folder, 'data');
  const setUp = ['-D', data, '-U', 'gatehouse', '--auth=trust', '--no-sync', '--no-locale', '--encoding=UTF8', '--no-instructions'];
  await promisify(execFile)(join(programs, 'initdb'), setUp, { ...owner, cwd: folder });
  const listening = tls === undefined ? ['listen_addresses='] : await listenOverTls(data, tls, owner);
  const fast = ['fsync=off', 'full_page_writes=off', 'max_connections=60', ...listening].flatMap((setting) => ['-c', setting]);
  const start = () => spawn(join(programs, 'postgres'), ['-D', data, '-k', folder, ...fast], { ...owner, cwd: folder, stdio: 'ignore' });
  let child = start();
  const crash = async (): Promise<void> => {
    const ended = once(child, 'exit');
    child.kill('SIGQUIT');
    await ended;
  };
  const url = (name: string) => `postgresql://gatehouse@localhost/${name}?host=${encodeURIComponent(folder)}&port=${tls?.port ?? 5432}`;
  await firstAnswer(url('postgres'));
  let last = 0;
  return {
    async database(whose = 'gatehouse') {
      last += 1;
      await run(url('postgres'), `create database test${last} owner ${whose}`);
      return url(`test${last}`);
    },
    crash,
    async resume() {
      child = start();
      await firstAnswer(url('postgres'));
    },
    async stop() {
      await crash();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function listenOverTls(
  data: string,
  { port, certificate, key }: OverTls,
  owner: { uid?: number; gid?: number },
): Promise<readonly string[]> {
  for (const [name, text] of [
    ['server.crt', certificate],
    ['server.key', key],
  ] as const) {
    await writeFile(join(data, name), text, { mode: 0o600 });
    if (owner.uid !== undefined) await chown(join(data, name), owner.uid, owner.uid);
  }
  await writeFile(join(data, 'pg_hba.conf'), 'local all all trust\nhostssl all all 127.0.0.1/32 password\n');
  return ['listen_addresses=127.0.0.1', `port=${port}`, 'ssl=on'];
}

/** Runs one statement on a connection of its own. */
export async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  // Whoever stops the server while it is still connected is not interested in that.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function firstAnswer(url: string): Promise<void> {
  for (const end = Date.now() + 20_000; ;) {
    try {
      return await run(url, 'select 1');
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resume) => setTimeout(resume, 30));
    }
  }
}
