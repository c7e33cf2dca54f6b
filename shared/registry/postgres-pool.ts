import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { GatehouseError } from '../errors.ts';

const int8 = 20;

/**
 * A pool of connections on PostgreSQL 15 or later. Whole numbers of eight bytes come as numbers: all of ours are below 2^53. A connection that cannot be made,
 * or breaks, is `store-unavailable`; the next one is a new one.
 */
export function openPostgresPool(url: string, size: number): PostgresPool {
  const types: pg.CustomTypesConfig = {
    getTypeParser: (oid: number, format?: 'text' | 'binary') => (oid === int8 ? Number : pg.types.getTypeParser(oid, format as 'text')),
  };
  const pool = new pg.Pool({ connectionString: url, max: size, types, idleTimeoutMillis: 30_000, connectionTimeoutMillis: 10_000 });
  // A connection that breaks while nobody uses it is no news to anybody; without a listener Node ends the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    options: {},
    connect: () => pool.connect().then(reporting, failed),
    end: () => pool.end(),
  };
}

function reporting(client: pg.PoolClient): PostgresPoolClient {
  const query = (sql: string, parameters: readonly unknown[]) => client.query(sql, [...parameters]).catch(failed);
  // Kysely's types ask for cursors too; the dialect uses them only when it is given a cursor class, and it is not.
  return { query: query as unknown as PostgresPoolClient['query'], release: (destroy) => client.release(destroy) };
}

/** Connection troubles become `store-unavailable`; all else stays what it is. */
function failed(error: unknown): never {
  const state = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (!isConnectionTrouble(error, state)) throw error;
  throw new GatehouseError('store-unavailable', 'The registry cannot be reached.', {
    cause: error,
    ...(state === '' ? {} : { systemCode: state }),
  });
}

// SQLSTATE classes 08 (connection) and 57P (shutdown), 53300 (too many connections): PostgreSQL, appendix A. The driver's own errors have no code.
const unreachable = new Set([
  '53300',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EPIPE',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
const driverTrouble = /connection terminated|connection error|not queryable|timeout exceeded when trying to connect|client was closed/i;

function isConnectionTrouble(error: unknown, state: string): boolean {
  if (state !== '') return state.startsWith('08') || state.startsWith('57P') || unreachable.has(state);
  return error instanceof Error && driverTrouble.test(error.message);
}
