import type { TokenSource } from '../../ports/token-source.ts';
import type { Api } from './api.ts';
import { authorizeWire } from './authorized-wire.ts';
import { createApi } from './create-api.ts';
import { createFetchWire } from './fetch-wire.ts';
import { governWire } from './governed-wire.ts';
import { createGovernor, type SharedQuota } from './governor.ts';
import { graphDialect } from './graph-dialect.ts';
import { createGraphPerform } from './graph-perform.ts';
import { graphObject } from './graph-object.ts';
import { graphCost, graphQuota, type TenantSize } from './graph-quota.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { trimBaseUrl } from './trim-base-url.ts';

/** Where Graph is (`https://graph.microsoft.com`, without a version), and how large the tenant. `timeoutMs` bounds each call. */
export type GraphSettings = { readonly baseUrl: string; readonly tenantSize?: TenantSize; readonly timeoutMs?: number };

const defaultTimeoutMs = 30_000;

/**
 * Microsoft Graph v1.0 of one tenant under one application: one quota, to be shared by the Entra and the mail connector, and by all processes that give the same `shared`;
 * without it the process is taken to be the only one.
 */
export function createGraphApi(settings: GraphSettings, tokens: TokenSource, shared?: SharedQuota): Api {
  const baseUrl = trimBaseUrl(settings.baseUrl);
  const authorized = authorizeWire(createFetchWire(settings.timeoutMs ?? defaultTimeoutMs), tokens, new URL(baseUrl).origin);
  const governor = createGovernor(graphQuota(settings.tenantSize ?? 'S'), shared);
  const wire = governWire(oneAtATime(authorized, graphObject), governor, graphCost);
  return createApi({ system: 'Microsoft Graph', baseUrl, dialect: graphDialect, perform: createGraphPerform(baseUrl, wire) });
}
