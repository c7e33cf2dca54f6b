import { z } from 'zod';
import type { FoundMethod, MethodReader } from '../../ports/readers/methods.ts';
import type { Api } from '../http/api.ts';
import { parseReply } from '../http/parse-reply.ts';
import { withQuery } from '../http/with-query.ts';
import { scimSchemas } from './scim-schemas.ts';

/** What AuthenticationFactorsRemover takes away at once: all second factors, or all browsers that stay signed in (the SDK's AuthenticationFactorsRemover.Type). */
export const removableAtOnce: ReadonlySet<string> = new Set(['MFA', 'KMSI']);

/** Single codes that stand in for a second factor; ids are `BypassCodes/<id>`. */
export const bypassCodes = 'BypassCodes';

const list = z.array(z.object({ value: z.string() })).nullish();
const factors = z.object({
  [scimSchemas.mfa]: z.object({ mfaStatus: z.string().nullish(), devices: list, bypassCodes: list, trustedUserAgents: list }).nullish(),
});
const asked = ['mfaStatus', 'devices', 'bypassCodes', 'trustedUserAgents'].map((name) => `${scimSchemas.mfa}:${name}`).join(',');

/**
 * Reads what a user has beside the password, from the mfa extension, which a domain returns only on request. An enrolment without a device that may be seen counts too. Factors for account recovery are not shown, and
 * so not among them. Whether a domain leaves the extension out for who has nothing is not documented: it is read as nothing.
 */
export function createMethodReader(api: Api): MethodReader {
  return { methodsOf: async (accountId, signal) => (await readFactors(api, accountId, signal)) ?? [] };
}

/** The same; undefined where the domain shows nothing at all, which proves nothing. */
export async function readFactors(api: Api, accountId: string, signal: AbortSignal): Promise<readonly FoundMethod[] | undefined> {
  const path = withQuery(`/Users/${encodeURIComponent(accountId)}`, { attributes: asked });
  const held = parseReply(api.system, await api.read({ method: 'GET', path }, signal), factors)[scimSchemas.mfa];
  if (held == null) return undefined;
  const isEnrolled = held.mfaStatus === 'ENROLLED' || (held.devices ?? []).length > 0;
  const atOnce = [...(isEnrolled ? ['MFA'] : []), ...((held.trustedUserAgents ?? []).length > 0 ? ['KMSI'] : [])];
  return [
    ...(held.bypassCodes ?? []).map(({ value }) => ({ id: `${bypassCodes}/${value}`, kind: bypassCodes, isDefault: false })),
    ...atOnce.map((type) => ({ id: type, kind: type, isDefault: false })),
  ];
}
