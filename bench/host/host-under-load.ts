import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import type { SyncMode } from '../../host/data/sync-mode.ts';
import { startProcess, type OwnProcess } from '../../test/support/campaign-process.ts';

const app = join(import.meta.dirname, 'app');
const connections = 16;
const patienceMs = 5 * 60_000;
const agent = new Agent({ keepAlive: true, maxSockets: connections });

/** What the host process has used so far: milliseconds of processor time, and bytes of memory that it holds now. */
export type Usage = { readonly cpuMs: number; readonly rss: number };

/** A host in a process of its own, that runs the app of this folder. */
export type HostUnderLoad = {
  readonly process: OwnProcess;
  /** From the start of the process to its ready line. */
  readonly readyAfterMs: number;
  usage(): Promise<Usage>;
  /** Starts instances `<prefix>-0`, `<prefix>-1`, …, each with its number as input, over HTTP on 16 connections. */
  startMany(orchestration: string, prefix: string, count: number): Promise<void>;
  /** Sends an event to an instance. */
  raise(id: string, event: string, value: number): Promise<void>;
};

/** Starts a host on a data folder. It ends with this process. */
export async function startHostUnderLoad(data: string, sync: SyncMode = 'normal'): Promise<HostUnderLoad> {
  const launchedAt = performance.now();
  const args = [app, '--data', data, '--port', '0', '--sync', sync];
  const process = startProcess({ script: 'host/cli.ts', args, environment: {}, readyLine: /^host ready/m });
  await process.ready();
  const readyAfterMs = performance.now() - launchedAt;
  const url = /^host ready (\S+)$/m.exec(process.output())?.[1] ?? '';
  const key = createHmac('sha256', readFileSync(join(data, 'master-key'), 'utf8').trim());
  const code = key.update('durabletask_extension').digest('base64url');
  const durable = (path: string, value: number): Promise<string> =>
    send(`${url}/runtime/webhooks/durabletask/${path}?code=${code}`, 'POST', JSON.stringify(value));
  return {
    process,
    readyAfterMs,
    usage: async () => JSON.parse(await send(`${url}/api/process`, 'GET')) as Usage,
    raise: async (id, event, value) => void (await durable(`instances/${id}/raiseEvent/${event}`, value)),
    startMany: async (orchestration, prefix, count) => {
      let next = 0;
      const sender = async (): Promise<void> => {
        for (let index = next++; index < count; index = next++) await durable(`orchestrators/${orchestration}/${prefix}-${index}`, index);
      };
      await Promise.all(Array.from({ length: connections }, sender));
    },
  };
}

/** What stands in the host's database, read beside the running host, so that looking costs it nothing. */
export type Stored = {
  /** The row of an instance that has not been started yet will be above this one. */
  lastKey(): number;
  /** Resolves when no instance has work to do: each has ended, or waits. Throws after five minutes. */
  untilQuiet(): Promise<void>;
  /** How many instances above a row have a status, when the last of them was written, and the sum of their outputs. */
  count(above: number, status: string): { readonly count: number; readonly lastAt: number; readonly outputs: number };
  close(): void;
};

/** Opens the database of a data folder to read it. */
export function readStored(data: string): Stored {
  const database = new DatabaseSync(join(data, 'host.sqlite'), { readOnly: true });
  const lastKey = database.prepare('SELECT coalesce(max(key), 0) AS value FROM instance');
  const work = database.prepare('SELECT (SELECT count(*) FROM inbox) + (SELECT count(*) FROM activity) AS value');
  const counted = database.prepare(
    'SELECT count(*) AS count, coalesce(max(updated_at), 0) AS lastAt, total(output) AS outputs FROM instance WHERE key > ? AND status = ?',
  );
  return {
    lastKey: () => Number(lastKey.get()?.['value']),
    count: (above, status) => counted.get(above, status) as ReturnType<Stored['count']>,
    untilQuiet: async () => {
      for (const limit = AbortSignal.timeout(patienceMs); Number(work.get()?.['value']) > 0; await pause(50))
        if (limit.aborted) throw new Error(`The host still had work after ${patienceMs / 60_000} minutes.`);
    },
    close: () => database.close(),
  };
}

function send(url: string, method: string, body = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const sending = request(
      url,
      { method, agent, headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        const settle = (): void =>
          answer.statusCode && answer.statusCode < 300 ? resolve(text) : reject(new Error(`${answer.statusCode} ${text}`));
        answer.on('end', settle);
      },
    );
    sending.on('error', reject).end(body);
  });
}
