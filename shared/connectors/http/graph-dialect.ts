import { z } from 'zod';
import type { ErrorDialect } from './system-error.ts';

const inner = z.object({ 'request-id': z.string().optional() }).nullish();
const schema = z.object({ error: z.object({ code: z.string().nullish(), message: z.string().nullish(), innerError: inner }) });

/** Microsoft Graph's errors: `error.code`, `error.message`, and the request id from the `request-id` header (https://learn.microsoft.com/graph/errors). */
export const graphDialect: ErrorDialect = (body, headers) => {
  const said = schema.safeParse(body).data?.error;
  const requestId = headers.get('request-id') ?? said?.innerError?.['request-id'];
  return { message: said?.message ?? undefined, code: said?.code || undefined, requestId: requestId ?? undefined };
};
