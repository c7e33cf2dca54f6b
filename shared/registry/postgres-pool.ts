import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { GatehouseError } from '../errors.ts';
import { postgresAddress, type PostgresPlace } from './postgres-address.ts';

const int8 = 20;
const usualSize = 4;

/**
 * A pool of connections on PostgreSQL 15 or later. Whole numbers of eight bytes come as numbers: all of ours are below 2^53. A connection that cannot be made,
 * or breaks, is `store-unavailable`, as is a sign-in that is refused; the next one is a new one.
 */
export function openPostgresPool(place: PostgresPlace): PostgresPool {
  const types: pg.CustomTypesConfig = {
    getTypeParser: (oid: number, format?: 'text' | 'binary') => (oid === int8 ? Number : pg.types.getTypeParser(oid, format as 'text')),
  };
  const limits = { max: place.poolSize ?? usualSize, idleTimeoutMillis: 30_000, connectionTimeoutMillis: 10_000 };
  const pool = new pg.Pool({ ...postgresAddress(place), types, ...limits });
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
  if (error instanceof GatehouseError) throw noWayIn(error.message, { cause: error });
  const state = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (error instanceof Error && wrongProof.test(state)) throw noWayIn(error.message, { cause: error, systemCode: state });
  if (error instanceof Error && isCertificateTrouble(error, state)) throw noWayIn(error.message, { cause: error, systemCode: state });
  if (!isConnectionTrouble(error, state)) throw error;
  throw new GatehouseError('store-unavailable', 'The registry cannot be reached.', {
    cause: error,
    ...(state === '' ? {} : { systemCode: state }),
  });
}

function noWayIn(why: string, details: { readonly cause: Error; readonly systemCode?: string }): GatehouseError {
  return new GatehouseError('store-unavailable', `The registry cannot be signed in to: ${why}`, details);
}

// SQLSTATE class 28: PostgreSQL, appendix A. A token that was taken back or has run out is refused like a wrong password.
const wrongProof = /^28/;

// https://nodejs.org/api/tls.html#x509-certificate-error-codes
function isCertificateTrouble(error: Error, state: string): boolean {
  return (
    state.startsWith('ERR_TLS') || /CERT|SIGNATURE|^ERR_SSL/.test(state) || error.message === 'The server does not support SSL connections'
  );
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
