/** ` Did you mean "…"?` with the word of `known` that is nearest to `word`, or nothing where none is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const ranked = known.map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }));
  const nearest = ranked.toSorted((a, b) => a.distance - b.distance)[0];
  const limit = Math.max(1, Math.floor(word.length / 3));
  return nearest && nearest.distance <= limit ? ` Did you mean "${nearest.candidate}"?` : '';
}

// Insertions, deletions, replacements and swaps of neighbours ("optimal string alignment"), one row at a time.
function editDistance(a: string, b: string): number {
  let older: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = at(previous, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(Math.min(replaced, at(previous, j) + 1, at(row, j - 1) + 1, isSwap ? at(older, j - 2) + 1 : Infinity));
    }
    older = previous;
    previous = row;
  }
  return at(previous, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
