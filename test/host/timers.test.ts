import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HostProcess, scratchFolder, until } from './support/host-process.ts';

type Effect = {
  fn: string;
  at?: number;
  isPastDue?: boolean;
  running?: number;
  retry?: unknown;
  status?: { last: string; next: string; lastUpdated: string };
};

const scratch = scratchFolder();
let host: HostProcess;
const effects = (fn: string): Effect[] =>
  host
    .effects()
    .map((line) => JSON.parse(line) as Effect)
    .filter((effect) => effect.fn === fn);
const runNow = (name: string): Promise<Response> =>
  fetch(`${host.url}/admin/functions/${name}`, {
    method: 'POST',
    headers: { 'x-functions-key': host.masterKey, 'content-type': 'application/json' },
    body: '{"input":""}',
  });

beforeAll(async () => {
  host = await HostProcess.start({ app: 'timers', data: scratch.path });
});
afterAll(async () => {
  await host.end();
  scratch.remove();
});

describe('A timer function', () => {
  it('runs once at each occurrence of its schedule', async () => {
    await until(() => effects('everySecond').length >= 2);
    const [first, second] = effects('everySecond').map((effect) => effect.at ?? 0);
    expect(Math.floor((second ?? 0) / 1000) - Math.floor((first ?? 0) / 1000)).toBe(1);
  });

  it('runs at the start where it asks for that, and not as past due', async () => {
    await until(() => effects('atStart').length === 1);
    expect(effects('atStart')).toEqual([{ fn: 'atStart', isPastDue: false }]);
  });

  it('runs by hand with the master key, one run after the other, never two at once', async () => {
    expect((await fetch(`${host.url}/admin/functions/yearly`, { method: 'POST' })).status).toBe(401);
    const answers = await Promise.all([runNow('yearly'), runNow('yearly'), runNow('yearly')]);
    expect(answers.map((answer) => answer.status)).toEqual([202, 202, 202]);
    await until(() => effects('yearly').length === 3);
    expect(effects('yearly').map((effect) => effect.running)).toEqual([1, 1, 1]);
    expect((await runNow('nobody')).status).toBe(404);
  });

  it('is logged where it fails, and tried again by its retry policy, which it is told of', async () => {
    await until(() => effects('failing').length === 3);
    expect(effects('failing').map((effect) => effect.retry)).toEqual([
      null,
      { count: 1, of: 2, message: 'no luck 1' },
      { count: 2, of: 2, message: 'no luck 2' },
    ]);
    expect(host.errors.match(/^error failing no luck \d$/gm)).toHaveLength(3);
  });

  it('runs as past due after a restart where an occurrence was missed, and only then', async () => {
    const before = effects('yearly').length;
    await host.end();
    host = await HostProcess.start({ app: 'timers', data: scratch.path });
    await until(() => effects('atStart').length >= 2);
    expect(effects('yearly')).toHaveLength(before);
    await host.end();
    const database = new DatabaseSync(join(scratch.path, 'host.sqlite'));
    const [last, next] = ['2020-01-01T00:00:00Z', '2021-01-01T00:00:00Z'].map((time) => Date.parse(time));
    database
      .prepare(`UPDATE schedule SET last_at = ?1, updated_at = ?1, next_at = ?2 WHERE function_name = 'yearly'`)
      .run(last ?? 0, next ?? 0);
    database.close();
    host = await HostProcess.start({ app: 'timers', data: scratch.path });
    await until(() => effects('yearly').length === before + 1);
    expect(effects('yearly').at(-1)).toMatchObject({
      isPastDue: true,
      status: { last: '2020-01-01T00:00:00.000+00:00', next: '2021-01-01T00:00:00.000+00:00' },
    });
  });
});
