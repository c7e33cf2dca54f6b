import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { AnchoredHead } from '../../ports/anchor.ts';

/** An anchor as a line says it, with the hash that the next line continues. */
export type ReadLine = AnchoredHead & { readonly number: number; readonly previous: string; readonly link: string };

/** What the first line continues. */
export const firstLink = '0'.repeat(64);

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const shape = z.strictObject({
  number: z.int().positive(),
  position: z.int().positive(),
  hash,
  at: z.iso.datetime({ precision: 3 }),
  previous: hash,
  link: hash,
});
type Content = Omit<z.infer<typeof shape>, 'link'>;

/** An anchor as a line of JSON without its end: number, place and head in the chain, time, the link of the line before, and its own. */
export function anchorLine({ number, position, hash: head, at, previous }: Omit<ReadLine, 'link'>): string {
  const content: Content = { number, position, hash: head, at: new Date(at).toISOString(), previous };
  return JSON.stringify({ ...content, link: linkOf(content) });
}

/** Reads such a line; undefined where it is none, or says something else than what its link was made from. */
export function readLine(line: string): ReadLine | undefined {
  const read = shape.safeParse(parsed(line));
  if (!read.success || linkOf(read.data) !== read.data.link) return undefined;
  return { ...read.data, at: Date.parse(read.data.at) };
}

function linkOf({ number, position, hash: head, at, previous }: Content): string {
  return createHash('sha256')
    .update(JSON.stringify([number, position, head, at, previous]))
    .digest('hex');
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
