import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

/** A data folder, and the file by which it is known as one. */
export type DataFolder = { readonly path: string; readonly mark: string };

/**
 * Empties a data folder; one that is missing or empty is left as it is. Throws an error for people, and deletes nothing, where the folder is not a data
 * folder or holds the program itself. Nothing may be running on it.
 */
export function emptyFolder({ path, mark }: DataFolder, root: string): void {
  const entries = existsSync(path) ? readdirSync(path) : [];
  if (entries.length === 0) return;
  const holdsProgram = !relative(path, root).startsWith('..');
  if (holdsProgram || !entries.includes(mark))
    throw new Error(`${path} does not look like a data folder (it has no ${mark}), so it is not emptied. Empty it by hand.`);
  for (const entry of entries) rmSync(join(path, entry), { recursive: true, force: true });
}
