import type { TokenSource } from '../../ports/token-source.ts';
import type { Api } from '../http/api.ts';
import { authorizeWire } from '../http/authorized-wire.ts';
import { createApi } from '../http/create-api.ts';
import { createFetchWire } from '../http/fetch-wire.ts';
import { governWire } from '../http/governed-wire.ts';
import { createGovernor, type SharedQuota } from '../http/governor.ts';
import { oneAtATime } from '../http/one-at-a-time.ts';
import { createRestPerform } from '../http/rest-perform.ts';
import { trimBaseUrl } from '../http/trim-base-url.ts';
import type { WireRequest } from '../http/wire.ts';
import { ociCost, ociQuota, type OciTier } from './oci-quota.ts';
import { scimDialect } from './scim-dialect.ts';

/** Where the identity domain is (`https://<domain URL>`), and its type. `timeoutMs` bounds each call. */
export type OciSettings = { readonly baseUrl: string; readonly tier?: OciTier; readonly timeoutMs?: number };

const defaultTimeoutMs = 30_000;

/**
 * The SCIM API of an OCI identity domain, below `/admin/v1` (https://docs.oracle.com/en-us/iaas/Content/Identity/api-getstarted/api-get-started.htm). Processes that give the
 * same `shared` share its quota; without it the process is taken to be the only one.
 */
export function createOciApi(settings: OciSettings, tokens: TokenSource, shared?: SharedQuota): Api {
  const domain = trimBaseUrl(settings.baseUrl);
  const baseUrl = `${domain}/admin/v1`;
  const authorized = authorizeWire(createFetchWire(settings.timeoutMs ?? defaultTimeoutMs), tokens, new URL(domain).origin);
  const governor = createGovernor(ociQuota(settings.tier ?? 'free'), shared);
  const wire = governWire(oneAtATime(authorized, ociObject), governor, ociCost);
  return createApi({
    system: 'OCI IAM',
    baseUrl,
    dialect: scimDialect,
    perform: createRestPerform(baseUrl, wire, 'application/scim+json'),
  });
}

/** The user or group that a request writes to, also where it is changed through a resource of another name, such as `UserStatusChanger`. A search is a POST that writes to none. */
export function ociObject({ url }: Pick<WireRequest, 'url'>): string | undefined {
  return /^\/admin\/v1\/(?:Users|UserStatusChanger|UserCapabilitiesChanger|Groups)\/(?!\.search$)([^/]+)/.exec(new URL(url).pathname)?.[1];
}
