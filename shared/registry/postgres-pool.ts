import pg from 'pg';

const int8 = 20;

/** A pool of connections on PostgreSQL 15 or later. Whole numbers of eight bytes come as numbers: all of ours are below 2^53. */
export function openPostgresPool(url: string, size: number): pg.Pool {
  const types: pg.CustomTypesConfig = {
    getTypeParser: (oid: number, format?: 'text' | 'binary') => (oid === int8 ? Number : pg.types.getTypeParser(oid, format as 'text')),
  };
  return new pg.Pool({ connectionString: url, max: size, types, idleTimeoutMillis: 30_000, connectionTimeoutMillis: 10_000 });
}
