import { existsSync, readFileSync } from 'node:fs';
import type { z } from 'zod';
import { HostError } from '../host-error.ts';
import { messageOf } from '../message-of.ts';

/**
 * Reads a JSON file against a schema; comments are allowed, as Azure's host allows them. A missing file gives `undefined`.
 * Throws `HostError` that names the file, the line and the JSON error, or the file, each wrong field and what was expected.
 */
export function readJsonFile<T>(file: string, schema: z.ZodType<T>): T | undefined {
  if (!existsSync(file)) return undefined;
  const result = schema.safeParse(parse(file, withoutComments(read(file))));
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`);
  throw new HostError(`${file} is not as expected: ${problems.join('; ')}`);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new HostError(`${file} cannot be read: ${messageOf(error)}`);
  }
}

function parse(file: string, text: string): unknown {
  const message = problemOf(text);
  if (message === undefined) return JSON.parse(text);
  throw new HostError(`${file} is not valid JSON: line ${lineOf(text, message)}: ${message.replace(/ in JSON at position .*/, '')}`);
}

function problemOf(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

// Blanks take the place of comments, so that lines stay where they are.
function withoutComments(text: string): string {
  return text.replace(/"(?:\\.|[^"\\])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (part) =>
    part.startsWith('"') ? part : part.replace(/[^\n]/g, ' '),
  );
}

// V8 tells the line in most of its messages. Where it does not, the text ends too early, or has a token that is met as soon as a cut text reaches it.
function lineOf(text: string, message: string): number {
  const told = /\(line (\d+) column \d+\)/.exec(message)?.[1];
  if (told !== undefined) return Number(told);
  if (!message.startsWith('Unexpected token')) return lines(text);
  let [good, bad] = [0, text.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (problemOf(text.slice(0, middle))?.startsWith('Unexpected token')) bad = middle;
    else good = middle;
  }
  return lines(text.slice(0, bad));
}

function lines(text: string): number {
  return text.trimEnd().split('\n').length;
}
