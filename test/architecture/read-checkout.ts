import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { rooms } from './rooms.ts';
import { parseSourceFile } from './source-file.ts';
import type { SourceFile } from './source-file.ts';

/** Every TypeScript and JavaScript file of the house under `root`; folders that do not exist yet are empty, fixture apps under test/ are left out. */
export function readCheckout(root: string): readonly SourceFile[] {
  const folders = new Set(rooms.map(({ path }) => path.split('/')[0] ?? path));
  return [...folders]
    .flatMap((folder) => pathsUnder(root, folder))
    .map((path) => parseSourceFile(path, readFileSync(join(root, path), 'utf8')));
}

/** The paths of all files under `folder`, relative to `root`, with forward slashes, sorted. */
export function filesUnder(root: string, folder: string): readonly string[] {
  if (!existsSync(join(root, folder))) return [];
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  return files.map((path) => path.split(sep).join('/')).toSorted();
}

function pathsUnder(root: string, folder: string): readonly string[] {
  return filesUnder(root, folder).filter((path) => /\.(ts|mjs)$/.test(path) && !path.includes('/node_modules/'));
}
