import { z } from 'zod';
import type { ErrorDialect } from '../http/system-error.ts';

const schema = z.object({ detail: z.string().nullish(), scimType: z.string().nullish(), message: z.string().nullish() });

/** No header is agreed on for a request id: these are the usual ones, most telling first. */
const requestIdHeaders = ['x-request-id', 'request-id', 'x-correlation-id', 'x-amzn-requestid', 'x-ms-request-id', 'traceparent'] as const;

/** SCIM errors (RFC 7644 section 3.12): `detail` for people, `scimType` as the code. */
export const scimDialect: ErrorDialect = (body, headers) => {
  const said = schema.safeParse(body).data;
  const requestId = requestIdHeaders.map((name) => headers.get(name)).find((value) => value !== null);
  return { message: said?.detail ?? said?.message ?? undefined, code: said?.scimType ?? undefined, requestId: requestId ?? undefined };
};
