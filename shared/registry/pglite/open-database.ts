import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Opens the database in `folder` (null: in memory), making it first where there is none. What is made appears under its name all at once, so that a process
 * killed meanwhile leaves nothing half made.
 */
export async function openDatabase(folder: string | null, options: PGliteOptions): Promise<PGlite> {
  if (folder === null) return PGlite.create({ ...options, loadDataDir: await template() });
  if (!existsSync(folder)) await makeDatabase(folder);
  return PGlite.create({ ...options, dataDir: folder });
}

async function makeDatabase(folder: string): Promise<void> {
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  const made = await PGlite.create({ dataDir: unfinished, loadDataDir: await template() });
  await made.close();
  await rename(unfinished, folder);
}

/** An empty database as a tar. Making one from nothing takes seconds of computing and always gives the same, so it is kept beside the installed packages. */
async function template(): Promise<Blob> {
  const path = await templatePath();
  const kept = await readFile(path).catch(() => undefined);
  if (kept !== undefined) return new Blob([kept]);
  const made = await PGlite.create();
  const dump = await made.dumpDataDir('none');
  await made.close();
  await keepTemplate(path, Buffer.from(await dump.arrayBuffer()));
  return dump;
}

/** Where nothing can be kept (packages installed read-only), each new database is made from nothing. */
async function keepTemplate(path: string, content: Buffer): Promise<void> {
  const own = `${path}.${process.pid}.${performance.now()}`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(own, content);
    await rename(own, path);
  } catch {
    await rm(own, { force: true });
  }
}

async function templatePath(): Promise<string> {
  const manifest = join(dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite')), '..', 'package.json');
  const { version }: { readonly version: string } = JSON.parse(await readFile(manifest, 'utf8'));
  return join(dirname(manifest), '..', '..', '.cache', 'gatehouse', `pglite-${version}.tar`);
}
