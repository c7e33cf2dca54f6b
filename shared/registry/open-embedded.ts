import { sql } from 'kysely';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, schemaName } from './migrate.ts';
import { overPool } from './over-pool.ts';
import { openPglitePool, type PglitePool } from './pglite/pglite-pool.ts';
import { keptTemplate } from './pglite/template.ts';

/** A PGlite on a folder, made with the schema where it is new; without a folder one that is gone when it is closed. */
export function openEmbedded(folder: string | null): Promise<PglitePool> {
  return folder === null ? openPassing() : open(folder);
}

async function open(folder: string): Promise<PglitePool> {
  return openPglitePool({ folder, template: await keptTemplate(schemaName, makeTemplate) });
}

async function openPassing(): Promise<PglitePool> {
  const parent = await mkdtemp(join(tmpdir(), 'gatehouse-registry-'));
  const pool = await open(join(parent, 'registry'));
  const end = async (): Promise<void> => {
    await pool.end();
    await rm(parent, { recursive: true, force: true });
  };
  return { ...pool, end };
}

async function makeTemplate(folder: string): Promise<void> {
  const database = overPool(await openPglitePool({ folder, template: undefined }));
  await migrate(database);
  // It is closed without a word; with nothing in the log, no copy has anything to recover.
  await sql`checkpoint`.execute(database);
  await database.destroy();
}
