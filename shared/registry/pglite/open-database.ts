import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { cpSync, existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The folder that a database is in, and one that a new database begins as a copy of; without that it is computed. */
export type DatabasePlace = { readonly folder: string; readonly template: string | undefined };

/** PGlite asks for 160 MB, and clears them at every start. */
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=64MB'];
/** Small files of the write-ahead log, since a new database is copied with one of them. */
const initDbStartParams = ['--wal-segsize=1'];

/**
 * Opens the database, making it first where there is none. What is made appears under its name all at once, so that a process killed meanwhile leaves nothing
 * half made.
 */
export async function openDatabase({ folder, template }: DatabasePlace, options: PGliteOptions): Promise<PGlite> {
  if (!existsSync(folder)) await makeDatabase(folder, template);
  return PGlite.create({ ...options, startParams, dataDir: folder });
}

async function makeDatabase(folder: string, template: string | undefined): Promise<void> {
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  if (template === undefined) await compute(unfinished);
  // At once: more than a thousand small files, each of which costs more to wait for than to copy, in a thread that has nothing else to do.
  else cpSync(template, unfinished, { recursive: true });
  await rename(unfinished, folder);
}

async function compute(folder: string): Promise<void> {
  const made = await PGlite.create({ dataDir: folder, startParams, initDbStartParams });
  await made.close();
}
