import type { Worker } from '../worker.ts';

/** Whether two records may be of one human being by their names: a given or family name is the same, accents and case aside. */
export function sharesName(one: Worker, other: Worker): boolean {
  const known = new Set(partsOf(one));
  return partsOf(other).some((part) => known.has(part));
}

function partsOf({ name }: Worker): readonly string[] {
  return [name.given, name.family].flatMap((part) => (part == null || part === '' ? [] : [folded(part)]));
}

function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
