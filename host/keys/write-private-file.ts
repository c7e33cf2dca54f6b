import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';

/** Puts a file in place whole or not at all, readable by its owner only (mode 600); it has reached the disk when this returns. */
export function writePrivateFile(file: string, content: string): void {
  const draft = `${file}.new`;
  const handle = openSync(draft, 'w', 0o600);
  try {
    writeSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file);
}
