import type { z } from 'zod';

/** One bad field of an input: where it stands, and what is wrong with it. */
export type FieldProblem = { readonly field: string; readonly problem: string };

/** Every problem that a schema found, in words, each with its field. */
export function fieldProblems(error: z.ZodError, input: unknown): readonly FieldProblem[] {
  return error.issues.map((issue) => ({ field: issue.path.map(String).join('.') || '(whole body)', problem: inWords(issue, input) }));
}

function inWords(issue: z.core.$ZodIssue, input: unknown): string {
  const given = valueAt(input, issue.path);
  if (issue.code === 'invalid_type')
    return given === undefined ? 'is required' : `must be ${kindInWords(issue.expected)}, not ${describe(given)}`;
  if (issue.code === 'invalid_value')
    return `${given === undefined ? 'is required and ' : ''}must be one of ${issue.values.map(String).join(', ')}`;
  if (given === undefined) return 'is required';
  if (issue.code === 'too_small') return issue.origin === 'string' ? 'must not be empty' : `must be at least ${String(issue.minimum)}`;
  if (issue.code === 'too_big')
    return issue.origin === 'string'
      ? `must be at most ${String(issue.maximum)} characters long`
      : `must be at most ${String(issue.maximum)}`;
  return issue.message;
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
};

function kindInWords(expected: string): string {
  return kinds[expected] ?? expected;
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return kinds[typeof value] ?? typeof value;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
