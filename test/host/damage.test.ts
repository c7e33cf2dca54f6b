import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase as openHostDatabase } from '../../host/data/open-database.ts';
import { HostError } from '../../host/host-error.ts';
import { openDatabase as openQueueDatabase } from '../../host/servicebus/store/open-database.ts';
import { startHost } from '../../host/start-host.ts';
import { HostProcess, endOf, scratchFolder, startOrchestration, until } from './support/host-process.ts';

const APPS = resolve(import.meta.dirname, 'apps');
let scratch: ReturnType<typeof scratchFolder>;
beforeEach(() => {
  scratch = scratchFolder();
});
afterEach(() => scratch.remove());

/** Starts the app with queues on a data folder, which is expected to be refused, and gives the message. */
async function refusal(dataFolder: string): Promise<string> {
  const host = startHost({ folder: join(APPS, 'queues'), port: 0, dataFolder, serviceBusPort: 0 });
  const error: unknown = await host.then(
    (running) => running.stop(),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(HostError);
  return error instanceof HostError ? error.message : '';
}

const stores = [
  { name: 'host.sqlite', open: openHostDatabase, fill: `INSERT INTO inbox (instance_key, event) VALUES (1, hex(randomblob(3000)))` },
  {
    name: 'servicebus.sqlite',
    open: openQueueDatabase,
    fill: `INSERT INTO message (queue, state, enqueued_at, due_at, deliveries, content) VALUES (1, 0, 0, 0, 0, randomblob(3000))`,
  },
] as const;
const damages: readonly (readonly [string, (bytes: Buffer) => Buffer])[] = [
  ['was cut off in the middle', (bytes) => bytes.subarray(0, Math.floor(bytes.length / 2) - 100)],
  ['was emptied', () => Buffer.alloc(0)],
  ['has another header', (bytes) => Buffer.from(bytes).fill(7, 0, 100)],
  ['has pages that were overwritten', (bytes) => Buffer.from(bytes).fill(0xa5, 3 * 4096, 20 * 4096)],
  ['is another file', () => Buffer.from('half a letter')],
];

describe.each(stores)('A host whose $name', ({ name, open, fill }) => {
  let file: string;
  beforeEach(() => {
    const database = open((file = join(scratch.path, name)));
    for (let row = 0; row < 40; row += 1) database.exec(fill);
    database.close();
    writeFileSync(join(scratch.path, 'other'), '');
  });

  it.each(damages)('%s says which file, what is wrong and what to do, and leaves the file as it is', async (_, damage) => {
    const bytes = damage(readFileSync(file));
    writeFileSync(file, bytes);
    expect(await refusal(scratch.path)).toMatch(
      new RegExp(
        `^The database ${file} cannot be used: .+\\. It has been left as it is\\. Restore it, .* from a backup, or move both away`,
      ),
    );
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it('comes from a later host says so, and leaves the file as it is', async () => {
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 99');
    database.close();
    const bytes = readFileSync(file);
    expect(await refusal(scratch.path)).toMatch(
      new RegExp(
        `^The database ${file} has the schema version 99; this host knows \\d+\\. Use the host that wrote it, or another data folder\\.$`,
      ),
    );
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });
});

describe('A data folder', () => {
  it('that cannot be written, or whose lock file is damaged, is named with the way out', async () => {
    const file = join(scratch.path, 'file');
    writeFileSync(file, '');
    expect(await refusal(join(file, 'data'))).toMatch(
      new RegExp(`^The data folder ${file}/data cannot be used: ENOTDIR.*\\. Give a folder that this user may write with --data\\.$`),
    );
    writeFileSync(join(scratch.path, 'lock.sqlite'), Buffer.alloc(5000, 7));
    expect(await refusal(scratch.path)).toBe(
      `The lock file ${join(scratch.path, 'lock.sqlite')} is damaged. It holds nothing: delete it, and start again.`,
    );
  });
});

describe('A host', () => {
  let host: HostProcess;
  let data: ReturnType<typeof scratchFolder>;
  beforeAll(() => {
    data = scratchFolder();
  });
  afterAll(async () => {
    await host.end('SIGKILL');
    data.remove();
  });

  // A limit on the size of its files stands for a full disk: SQLite's write fails, in the middle of whatever is under way.
  it('that cannot write any more ends with the file, the problem and the way out, and goes on from the last commit once there is room', async () => {
    const limited = spawnLimited(data.path, 700);
    const acknowledged: string[] = [];
    await until(() => /host ready (\S+)/.test(limited.output()));
    const url = /host ready (\S+)/.exec(limited.output())?.[1] ?? '';
    const large = 'x'.repeat(5000);
    for (let number = 0; number < 500 && limited.child.exitCode === null; number += 1) {
      const id = `large-${number}`;
      const started = await fetch(`${url}/api/start/child/${id}`, { method: 'POST', body: JSON.stringify(large) }).catch(() => undefined);
      if (started?.status === 202) acknowledged.push(id);
    }
    if (limited.child.exitCode === null) await once(limited.child, 'exit');
    expect(limited.child.exitCode).toBe(1);
    expect(limited.errors()).toMatch(
      new RegExp(
        `critical host The database ${join(data.path, 'host.sqlite')} cannot be used any more \\(.+\\)\\. Free disk space or repair the data folder, then start again; work goes on from the last state stored\\.`,
      ),
    );
    expect(acknowledged.length).toBeGreaterThan(3);
    host = await HostProcess.start({ app: 'sample', data: data.path });
    for (const id of acknowledged) expect((await endOf(host, id)).output).toBe(`none/${large.toUpperCase()}`);
    const all = (await (await fetch(host.durable('instances/?top=1000'))).json()) as { runtimeStatus: string }[];
    expect(all.filter(({ runtimeStatus }) => runtimeStatus !== 'Completed')).toEqual([]);
  });

  it('whose data folder another one wants goes on undisturbed', async () => {
    const second = HostProcess.launch({ app: 'sample', data: data.path });
    expect(await second.exit()).toBe(1);
    expect(second.errors).toBe(
      `The data folder ${data.path} is in use by another host. Stop that host, or give this one another folder with --data.\n`,
    );
    await startOrchestration(host, 'values', 'undisturbed');
    expect((await endOf(host, 'undisturbed')).runtimeStatus).toBe('Completed');
  });
});

/** The sample app in a process that can write no file of more than so many blocks of 1 KB. */
function spawnLimited(data: string, blocks: number): { child: ReturnType<typeof spawn>; output: () => string; errors: () => string } {
  const cli = resolve(import.meta.dirname, '../../host/cli.ts');
  const command = `ulimit -f ${blocks}; exec "$0" "$@"`;
  const args = [process.execPath, cli, join(APPS, 'sample'), '--data', data, '--port', '0'];
  const child = spawn('bash', ['-c', command, ...args], { env: { ...process.env, NODE_COMPILE_CACHE: '' }, stdio: 'pipe' });
  const said = { output: '', errors: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.errors += chunk.toString()));
  return { child, output: () => said.output, errors: () => said.errors };
}
