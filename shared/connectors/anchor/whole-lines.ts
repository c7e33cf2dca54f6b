import { type FileHandle, open } from 'node:fs/promises';

/** More than any line is long. */
const tailBytes = 4096;

/** The last line of a file that has an end, and the size of the file up to there. What comes after it was cut off while it was written. */
export async function lastWholeLine(file: FileHandle): Promise<{ readonly line: string | undefined; readonly size: number }> {
  const { size } = await file.stat();
  const from = Math.max(0, size - tailBytes);
  const { bytesRead, buffer } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
  const tail = buffer.subarray(0, bytesRead);
  const end = tail.lastIndexOf('\n');
  if (end === -1 && from > 0) throw new Error('its last line is longer than any that was written');
  if (end === -1) return { line: undefined, size: 0 };
  return { line: tail.subarray(tail.subarray(0, end).lastIndexOf('\n') + 1, end).toString('utf8'), size: from + end + 1 };
}

/** The lines of a file that have an end, in constant memory; none where there is no file. */
export async function* wholeLines(path: string): AsyncIterable<string> {
  const file = await open(path, 'r').catch(unlessAbsent);
  if (file === undefined) return;
  try {
    const { size } = await lastWholeLine(file);
    if (size > 0) yield* file.readLines({ end: size - 1, autoClose: false });
  } finally {
    await file.close();
  }
}

function unlessAbsent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
