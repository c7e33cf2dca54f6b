import type { z } from 'zod';
import type { ConfigProblem } from './config-errors.ts';
import { issueText } from './yaml/issue-text.ts';
import { locate } from './yaml/locate.ts';
import type { YamlFile } from './yaml/yaml-file.ts';

type Path = readonly (string | number)[];

/** Collects what is wrong, so that the author is told all of it at once. */
export type ProblemList = {
  readonly problems: readonly ConfigProblem[];
  /** Notes a mistake at a path of a file. */
  add(file: YamlFile, path: Path, message: string): void;
  /** Notes a mistake at a place that is known already. */
  addAt(problem: ConfigProblem): void;
  /** The file's value by a schema; undefined, with everything noted, where it does not fit. */
  parse<Out>(file: YamlFile, schema: z.ZodType<Out>): Out | undefined;
};

export function createProblemList(): ProblemList {
  const problems: ConfigProblem[] = [];
  const addAt = (problem: ConfigProblem) => void problems.push(problem);
  const add = (file: YamlFile, path: Path, message: string) =>
    addAt({ file: file.name, ...locate(file, path), path: pathText(path), message });
  return {
    problems,
    addAt,
    add,
    parse(file, schema) {
      for (const { line, column, message } of file.mistakes) addAt({ file: file.name, line, column, path: '', message });
      if (file.mistakes.length > 0) return undefined;
      const result = schema.safeParse(file.value, { reportInput: true });
      if (result.success) return result.data;
      for (const { path, message } of result.error.issues.flatMap(issueText)) add(file, path, message);
      return undefined;
    },
  };
}

function pathText(path: Path): string {
  return path.reduce<string>((text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`), '');
}
