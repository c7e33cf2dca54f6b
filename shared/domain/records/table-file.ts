/** A line of a table file: the line that it begins in, counted from 1, and its cells. */
export type TableRow = { readonly line: number; readonly cells: readonly string[] };

/** A table as it was read from a file. `unreadable` lines are no rows; the others are. */
export type TableFile = {
  readonly separator: 'comma' | 'semicolon' | 'tab';
  readonly header: readonly string[];
  readonly rows: readonly TableRow[];
  readonly unreadable: readonly { readonly line: number; readonly problem: string }[];
};
