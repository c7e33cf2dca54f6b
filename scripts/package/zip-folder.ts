import { zipSync, type Zippable } from 'fflate';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A regular file that all may read, made on Unix: the upper half is the file's mode (APPNOTE.TXT 4.4.15, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT). */
const attributes = { os: 3, attrs: (0o100_644 << 16) >>> 0 } as const;

/** The files of a folder as a zip: the same files give the same bytes, whenever, wherever and in whatever time zone it is made. */
export function zipFolder(folder: string): Uint8Array {
  const names = globSync('**/*', { cwd: folder }).filter((name) => statSync(join(folder, name)).isFile());
  const files: Zippable = Object.fromEntries(
    names
      .map((name) => name.replaceAll('\\', '/'))
      .toSorted()
      .map((name) => [name, readFileSync(join(folder, name))]),
  );
  // The earliest date that the format knows; it has no zone, and is written as the local time that it is given in.
  return zipSync(files, { ...attributes, level: 6, mtime: new Date(1980, 0, 1) });
}
