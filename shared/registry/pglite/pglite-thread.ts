import { PGlite } from '@electric-sql/pglite';
import { mkdirSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { PgliteAnswer, PgliteReady, PgliteRequest } from './protocol.ts';

const int8 = 20;
const port = parentPort;
if (port === null) throw new Error('pglite-thread.ts runs as a worker thread only.');
const { folder } = workerData as { readonly folder: string | null };

try {
  if (folder !== null) mkdirSync(folder, { recursive: true });
  const database = await PGlite.create({ ...(folder === null ? {} : { dataDir: folder }), parsers: { [int8]: Number } });
  port.postMessage({ is: 'ready' } satisfies PgliteReady);
  port.on('message', (request: PgliteRequest) => void answer(database, request).then((message) => port.postMessage(message)));
} catch (error) {
  port.postMessage({ is: 'broken', message: String(error) } satisfies PgliteReady);
}

async function answer(database: PGlite, request: PgliteRequest): Promise<PgliteAnswer> {
  try {
    const result = await database.query<Record<string, unknown>>(request.sql, [...request.parameters]);
    const command = /^\s*(\w+)/.exec(request.sql)?.[1]?.toUpperCase() ?? '';
    return { id: request.id, is: 'rows', rows: result.rows, affected: result.affectedRows ?? 0, command };
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
    return { id: request.id, is: 'error', message: error instanceof Error ? error.message : String(error), code };
  }
}
