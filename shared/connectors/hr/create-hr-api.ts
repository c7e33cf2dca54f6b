import { z } from 'zod';
import type { TokenSource } from '../../ports/token-source.ts';
import type { Api } from '../http/api.ts';
import { authorizeWire } from '../http/authorized-wire.ts';
import { createApi } from '../http/create-api.ts';
import { createFetchWire } from '../http/fetch-wire.ts';
import { createRestPerform } from '../http/rest-perform.ts';
import type { ErrorDialect } from '../http/system-error.ts';
import { trimBaseUrl } from '../http/trim-base-url.ts';

/** Where the HR system's API is, without `/hr/v1`. `timeoutMs` bounds each call. */
export type HrSettings = { readonly baseUrl: string; readonly timeoutMs?: number };

const defaultTimeoutMs = 15_000;
const schema = z.object({ error: z.object({ code: z.string().nullish(), message: z.string().nullish() }) });

/** `{ error: { code, message } }`, with `X-Request-Id` (docs/sandbox.md, HR wire format). */
const hrDialect: ErrorDialect = (body, headers) => {
  const said = schema.safeParse(body).data?.error;
  return { message: said?.message ?? undefined, code: said?.code ?? undefined, requestId: headers.get('x-request-id') ?? undefined };
};

/** The API of a system that speaks the generic HR format. */
export function createHrApi(settings: HrSettings, tokens: TokenSource): Api {
  const baseUrl = trimBaseUrl(settings.baseUrl);
  const wire = authorizeWire(createFetchWire(settings.timeoutMs ?? defaultTimeoutMs), tokens, new URL(baseUrl).origin);
  return createApi({ system: 'The HR system', baseUrl, dialect: hrDialect, perform: createRestPerform(baseUrl, wire) });
}
