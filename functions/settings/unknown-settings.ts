import type { SettingProblem } from './setting-problem.ts';

/** Names of our own that nothing reads: slips that stop the start, and others that are only told. */
export type UnknownSettings = { readonly slips: readonly SettingProblem[]; readonly others: readonly string[] };

// Set by test runs and rehearsals, for processes beside the product.
const besides = /^GATEHOUSE_TEST_/;
// A letter too many, too few or wrong, or two that changed places.
const mostEdits = 2;

/**
 * Looks at the names that begin with `GATEHOUSE_`. One that nothing reads, and that is nearly the name of a setting which is absent, is a slip: the start stops, since a default would
 * silently hold in the place of what was meant. Any other is told and no more: a newer version may know it, and the settings of a deployment come before its package.
 */
export function unknownSettings(environment: Readonly<Record<string, string | undefined>>, known: ReadonlySet<string>): UnknownSettings {
  const unknown = Object.keys(environment).filter((name) => name.startsWith('GATEHOUSE_') && !known.has(name) && !besides.test(name));
  const absent = [...known].filter((name) => environment[name] === undefined);
  const slips = unknown.flatMap((name) => {
    const meant = absent.find((one) => edits(name, one) <= mostEdits);
    if (meant === undefined) return [];
    return [{ name, problem: `is no setting, and likely a slip for ${meant}`, wayOut: `Name it ${meant}, or take it away` }];
  });
  return { slips, others: unknown.filter((name) => !slips.some((slip) => slip.name === name)) };
}

/** How many letters have to be added, removed, changed or swapped with the next (optimal string alignment distance). */
function edits(left: string, right: string): number {
  if (Math.abs(left.length - right.length) > mostEdits) return mostEdits + 1;
  let [before, last] = [[] as readonly number[], Array.from({ length: right.length + 1 }, (_, column) => column) as readonly number[]];
  for (let row = 1; row <= left.length; row += 1) {
    const now = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1] ? 0 : 1;
      const ways = [at(last, column) + 1, at(now, column - 1) + 1, at(last, column - 1) + same];
      const isSwap = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      now.push(Math.min(...ways, ...(isSwap ? [at(before, column - 2) + 1] : [])));
    }
    [before, last] = [last, now];
  }
  return at(last, right.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
