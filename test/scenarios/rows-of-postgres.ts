import pg from 'pg';
import { z } from 'zod';
import type { Place } from './search-everywhere.ts';

const tables = z.array(z.object({ name: z.string() }));
const texts = z.array(z.object({ row: z.string() }));

/** Every row of every table of a database. */
export async function rowsOfPostgres(url: string): Promise<readonly Place[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query("select quote_ident(tablename) as name from pg_tables where schemaname = 'public'");
    const places: Place[] = [];
    for (const { name } of tables.parse(rows)) {
      const found = texts.parse((await client.query(`select t::text as row from ${name} t`)).rows);
      places.push({ place: `row of the registry, ${name}`, bytes: Buffer.from(found.map(({ row }) => row).join('\n')) });
    }
    return places;
  } finally {
    await client.end();
  }
}
