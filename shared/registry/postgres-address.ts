import { readFileSync } from 'node:fs';
import pg from 'pg';

/** A PostgreSQL: its URL, and how to get in. */
export type PostgresPlace = {
  readonly url: string;
  /** At most so many connections. */
  readonly poolSize?: number;
  /** What is given as the password, asked for with every new connection; in its absence the URL's own. */
  readonly password?: () => Promise<string>;
  /** A file with the certificate of the CA that signed the server's; in its absence the CAs that Node trusts. */
  readonly caFile?: string | undefined;
};

const loopback = /^(\/.*|127\.\d+\.\d+\.\d+|localhost|::1)$/;

/**
 * What the driver is told of the server. Its certificate is verified, and its name with it, wherever a network is between, a token is sent or a CA is named; the URL cannot say otherwise: the driver would
 * let `sslmode` in it, and then `PGSSLMODE`, win over everything (node_modules/pg/lib/connection-parameters.js), so the parts are given one by one.
 */
export function postgresAddress({ url, password, caFile }: PostgresPlace): pg.ClientConfig {
  const { host, port, user, database } = new pg.Client({ connectionString: url });
  const { searchParams, password: inUrl } = new URL(url);
  const options = Object.fromEntries([...searchParams].filter(([name]) => !/^ssl|^uselibpqcompat$/.test(name)));
  const verified = { rejectUnauthorized: true, ...(caFile === undefined ? {} : { ca: readFileSync(caFile, 'utf8') }) };
  const isNear = loopback.test(host) && caFile === undefined && password === undefined;
  return {
    ...options,
    host,
    port,
    ...(user === undefined ? {} : { user }),
    ...(database === undefined ? {} : { database }),
    password: password ?? decodeURIComponent(inUrl),
    ssl: isNear ? false : verified,
  };
}
