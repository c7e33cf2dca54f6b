import { z } from 'zod';
import type { ErrorDialect } from '../http/system-error.ts';

const oracleError = 'urn:ietf:params:scim:api:oracle:idcs:extension:messages:Error';
const schema = z.object({
  detail: z.string().nullish(),
  scimType: z.string().nullish(),
  [oracleError]: z.object({ messageId: z.string().nullish() }).nullish(),
});

/**
 * SCIM errors (RFC 7644 section 3.12) with Oracle's `messageId` and the `opc-request-id` header
 * (https://docs.oracle.com/en-us/iaas/Content/Identity/api-getstarted/api-get-started.htm).
 */
export const scimDialect: ErrorDialect = (body, headers) => {
  const said = schema.safeParse(body).data;
  return {
    message: said?.detail ?? undefined,
    code: said?.[oracleError]?.messageId ?? said?.scimType ?? undefined,
    requestId: headers.get('opc-request-id') ?? undefined,
  };
};
