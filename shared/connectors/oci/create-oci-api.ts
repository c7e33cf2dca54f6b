import type { TokenSource } from '../../ports/token-source.ts';
import type { Api } from '../http/api.ts';
import { authorizeWire } from '../http/authorized-wire.ts';
import { createApi } from '../http/create-api.ts';
import { createFetchWire } from '../http/fetch-wire.ts';
import { governWire } from '../http/governed-wire.ts';
import { createGovernor } from '../http/governor.ts';
import { createRestPerform } from '../http/rest-perform.ts';
import { trimBaseUrl } from '../http/trim-base-url.ts';
import { ociCost, ociLimits, type OciTier } from './oci-quota.ts';
import { scimDialect } from './scim-dialect.ts';

/** Where the identity domain is (`https://<domain URL>`), and its type. `timeoutMs` bounds each call. */
export type OciSettings = { readonly baseUrl: string; readonly tier?: OciTier; readonly timeoutMs?: number };

const defaultTimeoutMs = 30_000;

/** The SCIM API of an OCI identity domain, below `/admin/v1` (https://docs.oracle.com/en-us/iaas/Content/Identity/api-getstarted/api-get-started.htm). */
export function createOciApi(settings: OciSettings, tokens: TokenSource): Api {
  const domain = trimBaseUrl(settings.baseUrl);
  const baseUrl = `${domain}/admin/v1`;
  const authorized = authorizeWire(createFetchWire(settings.timeoutMs ?? defaultTimeoutMs), tokens, new URL(domain).origin);
  const wire = governWire(authorized, createGovernor(ociLimits(settings.tier ?? 'free')), ociCost);
  return createApi({
    system: 'OCI IAM',
    baseUrl,
    dialect: scimDialect,
    perform: createRestPerform(baseUrl, wire, 'application/scim+json'),
  });
}
