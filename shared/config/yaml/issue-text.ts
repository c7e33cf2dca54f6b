import type { z } from 'zod';

/** A mistake that a schema found, in words, at its path. */
export type PlacedMessage = { readonly path: readonly (string | number)[]; readonly message: string };

const names: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a group of keys',
  record: 'a group of keys',
  array: 'a list',
};

/** What a schema's issue says to the author of a file: one message for each unknown key, one for anything else. */
export function issueText(issue: z.core.$ZodIssue): readonly PlacedMessage[] {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  if (issue.code === 'unrecognized_keys') return unknownKeys(issue, path);
  return [{ path, message: messageOf(issue) }];
}

// The message of a `keyed` schema has one line for each unknown key, in their order.
function unknownKeys(issue: z.core.$ZodIssueUnrecognizedKeys, path: PlacedMessage['path']): readonly PlacedMessage[] {
  const lines = issue.message.split('\n');
  return issue.keys.map((key, index) => ({ path: [...path, key], message: lines[index] ?? `unknown key "${key}"` }));
}

function messageOf(issue: Exclude<z.core.$ZodIssue, z.core.$ZodIssueUnrecognizedKeys>): string {
  switch (issue.code) {
    case 'invalid_type':
      return isOwnWords(issue.message)
        ? issue.message
        : `${issue.input === undefined ? 'is missing; it' : `is ${shown(issue.input)} but`} must be ${names[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `${issue.input === undefined ? 'is missing; it' : `is ${shown(issue.input)} but`} must be ${alternatives(issue.values)}`;
    case 'too_small':
      return isNumeric(issue.origin) ? `must be at least ${issue.minimum}` : issue.message;
    case 'too_big':
      return isNumeric(issue.origin) ? `must be at most ${issue.maximum}` : issue.message;
    case 'invalid_key':
      return issue.issues[0]?.message ?? issue.message;
    default:
      return issue.message;
  }
}

function isNumeric(origin: string): boolean {
  return origin === 'number' || origin === 'int';
}

// A schema with a message of its own says it better than a general one; zod's begin so.
function isOwnWords(message: string): boolean {
  return !message.startsWith('Invalid input');
}

function alternatives(values: readonly unknown[]): string {
  return values.length === 1 ? String(values[0]) : `one of: ${values.map(String).join(', ')}`;
}

function shown(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a group of keys' : JSON.stringify(value);
}
