import { GatehouseError } from '../errors.ts';

/** One mistake in the configuration: where (line and column count from 1), at which path in the file, and what is wrong and allowed. */
export type ConfigProblem = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly message: string;
};

/** Everything that is wrong with the configuration, in the order of files and lines: one line for each mistake. Code `config-invalid`. */
export class ConfigErrors extends GatehouseError {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    const sorted = problems.toSorted((a, b) => (a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1));
    const count = sorted.length === 1 ? 'a mistake' : `${sorted.length} mistakes`;
    super('config-invalid', [`The configuration has ${count}:`, ...sorted.map(problemText)].join('\n'));
    this.name = 'ConfigErrors';
    this.problems = sorted;
  }
}

function problemText({ file, line, column, path, message }: ConfigProblem): string {
  return `${file}:${line}:${column} ${path === '' ? '' : `${path}: `}${message}`;
}
