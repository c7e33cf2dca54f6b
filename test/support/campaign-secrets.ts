import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { World } from './campaign-world.ts';

const issued = z.array(z.object({ kind: z.string(), value: z.string() }));

/** Where to look: everything under a folder, and what processes printed. */
export type Places = { readonly world: World; readonly folder: string; readonly outputs: readonly string[] };

/** Every pass and password that the world issued or received and that stands anywhere in clear, as a finding that does not repeat it. */
export async function findSecrets({ world, folder, outputs }: Places): Promise<readonly string[]> {
  const secrets = issued.parse(await world.get('/secrets')).map(({ kind, value }) => ({ kind, value, bytes: Buffer.from(value) }));
  const search = searchFor(secrets.map(({ bytes }) => bytes));
  const texts = outputs.map((text, index) => ({ place: `the output of process ${index + 1}`, bytes: Buffer.from(text) }));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const found: string[] = [];
  const look = (place: string, bytes: Buffer): void => {
    for (const index of search(bytes)) found.push(`a ${secrets[index]?.kind ?? 'secret'} stands in ${place}`);
  };
  for (const { place, bytes } of texts) look(place, bytes);
  for (const file of files) look(file.name, readFileSync(join(file.parentPath, file.name)));
  return found;
}

/** Looks for many values in one pass: the first two bytes select the few that could stand at a place. */
function searchFor(values: readonly Buffer[]): (bytes: Buffer) => ReadonlySet<number> {
  const starts = new Map<number, number[]>();
  const isStart = new Uint8Array(65_536);
  for (const [index, value] of values.entries()) {
    const start = value.readUInt16BE(0);
    starts.set(start, [...(starts.get(start) ?? []), index]);
    isStart[start] = 1;
  }
  return (bytes) => {
    const found = new Set<number>();
    for (let at = 0, pair = 0; at < bytes.length; at += 1) {
      pair = ((pair << 8) | (bytes[at] ?? 0)) & 0xffff;
      if (isStart[pair] === 0 || at === 0) continue;
      for (const index of starts.get(pair) ?? []) {
        const value = values[index];
        if (value !== undefined && value.equals(bytes.subarray(at - 1, at - 1 + value.length))) found.add(index);
      }
    }
    return found;
  };
}
