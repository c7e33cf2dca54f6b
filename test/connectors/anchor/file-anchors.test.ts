import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFileAnchors } from '../../../shared/connectors/anchor/file-anchors.ts';
import type { AnchorEntry, Anchors } from '../../../shared/ports/anchor.ts';

const noon = Date.parse('2026-11-21T12:00:00Z');
let folder = '';
let anchors: Anchors;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-anchors-'));
  anchors = openFileAnchors(join(folder, 'anchors'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const head = (position: number) => ({ position, hash: String(position % 10).repeat(64), at: noon + position });
async function all(of = anchors): Promise<readonly AnchorEntry[]> {
  const entries: AnchorEntry[] = [];
  for await (const entry of of.all()) entries.push(entry);
  return entries;
}
const lines = async () => (await readFile(anchors.place, 'utf8')).split('\n').slice(0, -1);
const keep = (changed: readonly string[]) => writeFile(anchors.place, changed.map((line) => `${line}\n`).join(''));
const broken = async () => (await all()).flatMap((entry) => (entry.is === 'broken' ? [`${entry.number}: ${entry.message}`] : []));

describe('Anchors in a file', () => {
  it('are none where there is no file yet', async () => {
    expect(await all()).toEqual([]);
  });

  it('are given back in the order in which they were kept, also by whoever opens the file again', async () => {
    await Promise.all([1, 2, 3].map((position) => anchors.append(head(position))));
    const again = openFileAnchors(join(folder, 'anchors'));
    await again.append(head(40));
    expect(await all()).toEqual([1, 2, 3, 40].map((position, index) => ({ is: 'anchor', number: index + 1, ...head(position) })));
    expect((await stat(anchors.place)).mode & 0o777).toBe(0o600);
  });

  it('go on after a line that was cut off while it was written, which is none', async () => {
    await anchors.append(head(1));
    await appendFile(anchors.place, '{"number":2,"posi');
    expect(await all()).toHaveLength(1);
    await anchors.append(head(2));
    expect(await all()).toEqual([1, 2].map((position) => ({ is: 'anchor', number: position, ...head(position) })));
  });

  it('tell of a line that was changed, taken away, or put elsewhere', async () => {
    for (const position of [1, 2, 3, 4]) await anchors.append(head(position));
    const [one = '', two = '', three = '', four = ''] = await lines();
    await keep([one, two.replace('"position":2', '"position":3'), three, four]);
    expect(await broken()).toEqual(['2: it is not an anchor as it was written']);
    await keep([one, three, four]);
    expect(await broken()).toEqual(['2: number 3 stands there: anchors before it are missing or out of order']);
    await keep([one, three, two, four]);
    expect((await broken()).length).toBeGreaterThan(1);
    await keep([one, two, three, four]);
    expect(await broken()).toEqual([]);
  });

  it('tell of anchors that were made anew in the middle', async () => {
    for (const position of [1, 2, 3]) await anchors.append(head(position));
    const before = await lines();
    const forger = openFileAnchors(join(folder, 'forged'));
    for (const position of [1, 9]) await forger.append(head(position));
    const [, forged = ''] = (await readFile(forger.place, 'utf8')).split('\n');
    await keep([before[0] ?? '', forged, before[2] ?? '']);
    expect(await broken()).toEqual(['3: it does not continue the one before']);
  });

  it('take nothing more after a last line that is no anchor, and say what to do', async () => {
    await anchors.append(head(1));
    await appendFile(anchors.place, 'something else\n');
    await expect(anchors.append(head(2))).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringContaining('Restore the file'),
    });
  });

  it('say where they are when they cannot be kept or read', async () => {
    await writeFile(join(folder, 'anchors'), 'a file where the folder should be');
    const refusal = { code: 'store-unavailable', message: expect.stringContaining(anchors.place) };
    await expect(anchors.append(head(1))).rejects.toMatchObject(refusal);
    await expect(anchors.probe()).rejects.toMatchObject(refusal);
    await expect(all()).rejects.toMatchObject(refusal);
  });
});
