import { z } from 'zod';
import type { ActivationReader } from '../../ports/readers/activations.ts';
import type { Api } from '../http/api.ts';
import { parseReply } from '../http/parse-reply.ts';
import { withQuery } from '../http/with-query.ts';
import { scimSchemas } from './scim-schemas.ts';

const standing = z.object({
  [scimSchemas.oracleUser]: z.object({ isFederatedUser: z.boolean().nullish(), status: z.string().nullish() }).nullish(),
});
const asked = ['isFederatedUser', 'status'].map((name) => `${scimSchemas.oracleUser}:${name}`).join(',');

/** Reads `isFederatedUser` and `status`, which is `pendingVerification` or `verified` (ExtensionUserUser of Oracle's `oci-identitydomains` SDK). */
export function createActivationReader(api: Api): ActivationReader {
  return {
    activationOf: async (accountId, signal) => {
      const path = withQuery(`/Users/${encodeURIComponent(accountId)}`, { attributes: asked });
      const found = parseReply(api.system, await api.read({ method: 'GET', path }, signal), standing)[scimSchemas.oracleUser];
      return { signsInElsewhere: found?.isFederatedUser === true, pending: found?.status == null ? null : found.status !== 'verified' };
    },
  };
}
