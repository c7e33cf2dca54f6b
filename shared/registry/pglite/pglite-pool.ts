import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { GatehouseError } from '../../errors.ts';
import type { DatabasePlace } from './open-database.ts';
import type { PgliteAnswer, PgliteReady, PgliteRequest } from './protocol.ts';
import { waitingLine } from './waiting-line.ts';

/** An error of the database with its SQLSTATE, as `pg` reports it. */
class DatabaseError extends Error {
  readonly code: string | undefined;

  constructor(message: string, code: string | undefined) {
    super(message);
    this.name = 'DatabaseError';
    this.code = code;
  }
}

export type PglitePool = PostgresPool & { connectFirst(): Promise<PostgresPoolClient> };

/**
 * A pool of one connection on a PGlite in a worker thread, so that its work never blocks the answering of requests.
 * Callers wait in line; `connectFirst` goes ahead of `connect`. A line longer than 10,000 is refused with `store-unavailable`.
 */
export async function openPglitePool(place: DatabasePlace): Promise<PglitePool> {
  const worker = new Worker(new URL('./pglite-thread.ts', import.meta.url), { workerData: place });
  const [ready] = (await once(worker, 'message')) as [PgliteReady];
  if (ready.is === 'broken') {
    await worker.terminate();
    throw new GatehouseError(
      'store-unavailable',
      `The registry could not be opened: ${ready.message}. If its folder is damaged, restore it from a backup or start with --reset.`,
    );
  }
  const query = questions(worker);
  const line = waitingLine(10_000);
  // Kysely's types ask for cursors too; the dialect uses them only when it is given a cursor class, and it is not.
  const client = (release: () => void): PostgresPoolClient => ({
    query: openingLate(query) as unknown as PostgresPoolClient['query'],
    release,
  });
  return {
    options: {},
    connect: async () => client(await line.enter('normal')),
    connectFirst: async () => client(await line.enter('first')),
    async end() {
      await worker.terminate();
    },
  };
}

type Asked = { readonly resolve: (result: PostgresQueryResult<never>) => void; readonly reject: (error: Error) => void };

type Query = (sql: string, parameters?: readonly unknown[]) => Promise<PostgresQueryResult<never>>;
type QueryAfter = (opens: string | undefined, sql: string, parameters: readonly unknown[]) => Promise<PostgresQueryResult<never>>;

/** Sends the beginning of a transaction together with its first statement: crossing to the thread and back costs more than most statements. */
function openingLate(query: QueryAfter): Query {
  let opens: string | undefined;
  return (sql, parameters = []) => {
    if (/^(begin|start transaction)\b/i.test(sql)) {
      opens = sql;
      return Promise.resolve({ rows: [], rowCount: 0, command: 'BEGIN' as 'SELECT' });
    }
    const first = opens;
    opens = undefined;
    return query(first, sql, parameters);
  };
}

function questions(worker: Worker): QueryAfter {
  const asked = new Map<number, Asked>();
  let last = 0;
  let isOver = false;
  worker.on('message', (answer: PgliteAnswer) => {
    const waiting = asked.get(answer.id);
    asked.delete(answer.id);
    if (answer.is === 'error') waiting?.reject(new DatabaseError(answer.message, answer.code));
    else waiting?.resolve({ rows: [...answer.rows] as never[], rowCount: answer.affected, command: answer.command as 'SELECT' });
  });
  worker.on('exit', () => {
    isOver = true;
    for (const waiting of asked.values()) waiting.reject(closed());
    asked.clear();
  });
  return (opens, sql, parameters) =>
    new Promise((resolve, reject) => {
      if (isOver) return reject(closed());
      last += 1;
      asked.set(last, { resolve, reject });
      worker.postMessage({ id: last, opens, sql, parameters } satisfies PgliteRequest);
    });
}

function closed(): GatehouseError {
  return new GatehouseError('store-unavailable', 'The registry was closed.');
}
