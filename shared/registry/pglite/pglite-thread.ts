import type { PGlite } from '@electric-sql/pglite';
import { parentPort, workerData } from 'node:worker_threads';
import { type DatabasePlace, openDatabase } from './open-database.ts';
import type { PgliteAnswer, PgliteReady, PgliteRequest } from './protocol.ts';

const int8 = 20;
const port = parentPort;
if (port === null) throw new Error('pglite-thread.ts runs as a worker thread only.');

try {
  const database = await openDatabase(workerData as DatabasePlace, { parsers: { [int8]: Number } });
  port.postMessage({ is: 'ready' } satisfies PgliteReady);
  port.on('message', (request: PgliteRequest) => void answer(database, request).then((message) => port.postMessage(message)));
} catch (error) {
  port.postMessage({ is: 'broken', message: String(error) } satisfies PgliteReady);
}

/** The end of a transaction has no parameters and gives no rows, so that it goes the shorter way of the simple protocol. */
async function ended(database: PGlite, id: number, command: string): Promise<PgliteAnswer> {
  await database.exec(command);
  return { id, is: 'rows', rows: [], affected: 0, command };
}

async function answer(database: PGlite, request: PgliteRequest): Promise<PgliteAnswer> {
  try {
    if (request.opens !== undefined) await database.exec(request.opens);
    const command = /^\s*(\w+)/.exec(request.sql)?.[1]?.toUpperCase() ?? '';
    if (command === 'COMMIT' || command === 'ROLLBACK') return await ended(database, request.id, command);
    const result = await database.query<Record<string, unknown>>(request.sql, [...request.parameters]);
    return { id: request.id, is: 'rows', rows: result.rows, affected: result.affectedRows ?? 0, command };
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
    return { id: request.id, is: 'error', message: error instanceof Error ? error.message : String(error), code };
  }
}
