import type { HttpRequest } from '@azure/functions';
import type { z } from 'zod';
import { fieldProblems } from '../../shared/domain/field-problems.ts';
import { unstorableText } from '../../shared/domain/unstorable-text.ts';
import { GatehouseError } from '../../shared/errors.ts';

const mostBytes = 2_000_000;

/** A request's JSON body by a schema. Throws `body-too-large`, or `input-invalid` with every field that is wrong. */
export async function bodyOf<Out>(request: HttpRequest, schema: z.ZodType<Out>): Promise<Out> {
  const text = await request.text();
  if (text.length > mostBytes) throw new GatehouseError('body-too-large', `The body is larger than ${mostBytes} characters.`);
  const raw = parsed(text);
  const result = schema.safeParse(raw);
  if (!result.success) {
    const problems = fieldProblems(result.error, raw).map(({ field, problem }) => `${field} ${problem}`);
    throw new GatehouseError('input-invalid', `${problems.join('; ')}.`);
  }
  const [first] = unstorableText(result.data);
  if (first !== undefined) throw new GatehouseError('input-invalid', `${first.field} ${first.problem}.`);
  return result.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new GatehouseError('input-invalid', 'The body is not JSON.');
  }
}
