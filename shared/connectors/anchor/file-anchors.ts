import { access, constants, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { GatehouseError } from '../../errors.ts';
import type { AnchorEntry, AnchoredHead, Anchors } from '../../ports/anchor.ts';
import { anchorLine, firstLink, type ReadLine, readLine } from './anchor-line.ts';
import { lastWholeLine, wholeLines } from './whole-lines.ts';

/**
 * Anchors as lines of JSON in `audit.ndjson` in a folder of their own, each chained to the one before and on the disk before it counts. The folder belongs
 * where those who can write to the database cannot. A last line without an end was never acknowledged, and is no anchor.
 */
export function openFileAnchors(folder: string): Anchors {
  const path = join(folder, 'audit.ndjson');
  let last: Promise<void> = Promise.resolve();
  return {
    place: path,
    append(head) {
      // One after the other: each line continues the one before.
      const mine = last.then(() => orUnavailable(`${path} cannot be written`, () => append(folder, path, head)));
      last = mine.catch(() => undefined);
      return mine;
    },
    all: () => entries(path),
    probe: () => orUnavailable(`${path} cannot be written`, () => probe(folder, path)),
  };
}

async function append(folder: string, path: string, head: AnchoredHead): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = await open(path, 'a+', 0o600);
  try {
    const { line, size } = await lastWholeLine(file);
    const before = line === undefined ? undefined : readLine(line);
    if (line !== undefined && before === undefined)
      throw new GatehouseError(
        'store-unavailable',
        `The last line of ${path} is not an anchor. Restore the file from a copy: nothing is added to it as it is.`,
      );
    await file.truncate(size);
    await file.appendFile(`${anchorLine({ ...head, number: (before?.number ?? 0) + 1, previous: before?.link ?? firstLink })}\n`);
    await file.sync();
    if (before === undefined) await syncFolder(folder);
  } finally {
    await file.close();
  }
}

/** Makes a new file outlive a power cut. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function probe(folder: string, path: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  await access(isThere ? path : folder, constants.W_OK);
}

async function* entries(path: string): AsyncIterable<AnchorEntry> {
  let number = 0;
  // Undefined after a line that cannot be read: what the next one continues is not known then.
  let previous: string | undefined = firstLink;
  try {
    for await (const line of wholeLines(path)) {
      number += 1;
      const read = readLine(line);
      const message = troubleWith(read, number, previous);
      if (message !== undefined) yield { is: 'broken', number, message };
      else if (read !== undefined) yield { is: 'anchor', number, position: read.position, hash: read.hash, at: read.at };
      [number, previous] = [read?.number ?? number, read?.link];
    }
  } catch (error) {
    throw unavailable(`${path} cannot be read`, error);
  }
}

function troubleWith(read: ReadLine | undefined, number: number, previous: string | undefined): string | undefined {
  if (read === undefined) return 'it is not an anchor as it was written';
  if (read.number !== number) return `number ${read.number} stands there: anchors before it are missing or out of order`;
  return previous === undefined || read.previous === previous ? undefined : 'it does not continue the one before';
}

async function orUnavailable(what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw unavailable(what, error);
  }
}

function unavailable(what: string, error: unknown): GatehouseError {
  if (error instanceof GatehouseError) return error;
  const reason = error instanceof Error ? error.message : 'no reason given';
  return new GatehouseError('store-unavailable', `The audit's anchors are away: ${what} (${reason}).`, { cause: error });
}
