import { normalizeDiacritics } from './functions/letters.ts';
import type { NameScheme } from './name-spec.ts';

const mostAlike = 999;

/**
 * The names that may be tried for a person, best first: the base, then base2, base3 … up to 999 (or `base (2)` …), each cut so that the counter fits
 * within `maxLength`, each with the suffix. A base of which nothing can be spelled (a name in a script without ASCII letters) gives way to `w` and the worker id.
 * Every candidate is different from the ones before.
 */
export function* nameCandidates(scheme: NameScheme, base: string | null, workerId: string): Generator<string, void> {
  const stem = spell(scheme, base ?? '') || spell(scheme, `w${workerId}`) || 'w';
  yield cut(stem, scheme.maxLength) + scheme.suffix;
  for (let count = 2; count <= mostAlike; count += 1) {
    const counter = scheme.onCollision === 'number' ? String(count) : ` (${count})`;
    yield cut(stem, scheme.maxLength - counter.length) + counter + scheme.suffix;
  }
}

function spell({ spelling, characters }: NameScheme, text: string): string {
  const letters = spelling === 'ascii' ? normalizeDiacritics(text).replace(/[^\x20-\x7e]/g, '') : text.normalize('NFC');
  const kept = letters.replace(characters === null ? /\p{Cc}/gu : new RegExp(`[^${characters}]`, 'gu'), '');
  return spelling === 'ascii' ? trim(kept.replace(/([._-])[._-]+/g, '$1')) : kept.replace(/\s+/g, ' ').trim();
}

// By code point, so that no character is cut in half; a name does not end in what only joins parts of it.
function cut(text: string, length: number): string {
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length > length) return kept.replace(/[\s._-]+$/, '') || kept;
    kept += character;
  }
  return kept;
}

function trim(text: string): string {
  return text.replace(/^[._-]+|[._-]+$/g, '');
}
