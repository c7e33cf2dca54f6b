import { existsSync, readFileSync } from 'node:fs';
import type { z } from 'zod';
import { HostError } from '../host-error.ts';
import { messageOf } from '../message-of.ts';

/**
 * Reads a JSON file against a schema. A missing file gives `undefined`.
 * Throws `HostError` that names the file and the JSON error, or the file, each wrong field and what was expected.
 */
export function readJsonFile<T>(file: string, schema: z.ZodType<T>): T | undefined {
  if (!existsSync(file)) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new HostError(`${file} is not valid JSON: ${messageOf(error)}`);
  }
  const result = schema.safeParse(parsed);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`);
  throw new HostError(`${file} is not as expected: ${problems.join('; ')}`);
}
