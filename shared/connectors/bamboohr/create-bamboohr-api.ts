import type { Api } from '../http/api.ts';
import { createApi } from '../http/create-api.ts';
import { createFetchWire } from '../http/fetch-wire.ts';
import { createRestPerform } from '../http/rest-perform.ts';
import type { ErrorDialect } from '../http/system-error.ts';
import { trimBaseUrl } from '../http/trim-base-url.ts';
import { basicAuthWire } from './basic-auth-wire.ts';

/** Where BambooHR's API is, up to the version: `https://<company>.bamboohr.com/api`. `timeoutMs` bounds each call. */
export type BambooHrSettings = { readonly baseUrl: string; readonly timeoutMs?: number };

const defaultTimeoutMs = 15_000;

/** BambooHR says in the header `X-BambooHR-Error-Message` what is wrong (https://documentation.bamboohr.com/docs/api-details, Errors). */
const bambooDialect: ErrorDialect = (_, headers) => ({
  message: headers.get('x-bamboohr-error-message') ?? undefined,
  code: undefined,
  requestId: headers.get('x-request-id') ?? undefined,
});

/** BambooHR's API, read with the API key that `key` gives. */
export function createBambooHrApi(settings: BambooHrSettings, key: () => Promise<string>): Api {
  const baseUrl = trimBaseUrl(settings.baseUrl);
  const wire = basicAuthWire(createFetchWire(settings.timeoutMs ?? defaultTimeoutMs), key, new URL(baseUrl).origin);
  return createApi({ system: 'BambooHR', baseUrl, dialect: bambooDialect, perform: createRestPerform(baseUrl, wire) });
}
