import type { z } from 'zod';
import { GatehouseError } from '../../errors.ts';
import type { Reply } from './api.ts';

/** Checks the part of an answer that we use; unknown properties are tolerated. Throws `target-answer-invalid`, naming the first bad property. */
export function parseReply<T>(system: string, reply: Reply, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(reply.body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue === undefined ? 'the body' : issue.path.map(String).join('.') || 'the body';
  throw new GatehouseError('target-answer-invalid', `${system} answered something unexpected: ${where}: ${issue?.message ?? 'invalid'}.`, {
    requestId: reply.requestId,
  });
}
