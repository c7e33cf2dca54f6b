import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * The folder of an empty database with the schema, for new ones to begin as copies of: computing one takes seconds and always gives the same, so it is kept beside
 * the installed packages, one for each version of PGlite and each schema. `make` makes it in a folder. Undefined where it cannot be kept (packages installed read-only).
 */
export async function keptTemplate(schema: string, make: (folder: string) => Promise<void>): Promise<string | undefined> {
  const path = await templatePath(schema);
  if (existsSync(path)) return path;
  const own = `${path}.${process.pid}.${performance.now()}`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await make(own);
    await rename(own, path);
    return path;
  } catch {
    await rm(own, { recursive: true, force: true });
    // Another process may have been faster.
    return existsSync(path) ? path : undefined;
  }
}

async function templatePath(schema: string): Promise<string> {
  const manifest = join(dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite')), '..', 'package.json');
  const { version }: { readonly version: string } = JSON.parse(await readFile(manifest, 'utf8'));
  return join(dirname(manifest), '..', '..', '.cache', 'gatehouse', `registry-${version}-${schema}`);
}
