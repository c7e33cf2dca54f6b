import type { World } from '../../foundation/world.ts';
import { issuerOf } from '../../tokens/issue-token.ts';
import { tenant } from '../../tokens/tenant.ts';

/** The tenant's metadata (OpenID Connect Discovery 1.0 section 3). */
export function openidConfiguration(world: World): Readonly<Record<string, unknown>> {
  const base = `${world.urls.graph}/${tenant.id}`;
  return {
    issuer: issuerOf(world),
    token_endpoint: `${base}/oauth2/v2.0/token`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    response_types_supported: ['code', 'id_token'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
  };
}
