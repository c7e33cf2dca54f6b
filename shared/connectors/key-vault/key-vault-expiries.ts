import { z } from 'zod';
import { GatehouseError } from '../../errors.ts';
import type { Expiries, Expiry } from '../../ports/expiries.ts';
import type { TokenSource } from '../../ports/token-source.ts';
import type { Api } from '../http/api.ts';
import { authorizeWire } from '../http/authorized-wire.ts';
import { createApi } from '../http/create-api.ts';
import { createFetchWire } from '../http/fetch-wire.ts';
import { parseReply } from '../http/parse-reply.ts';
import { createRestPerform } from '../http/rest-perform.ts';
import type { ErrorDialect } from '../http/system-error.ts';
import { trimBaseUrl } from '../http/trim-base-url.ts';

/** What tokens for a vault are asked for (https://learn.microsoft.com/azure/key-vault/general/authentication). */
export const keyVaultScope = 'https://vault.azure.net/.default';

const apiVersion = '7.4';
const timeoutMs = 10_000;
// The times are seconds since the epoch (https://learn.microsoft.com/rest/api/keyvault/secrets/get-secrets/get-secrets).
const page = z.object({
  value: z.array(z.object({ id: z.url(), attributes: z.object({ enabled: z.boolean().optional(), exp: z.number().optional() }) })),
  nextLink: z.string().nullish(),
});

const said = z.object({ error: z.object({ code: z.string().nullish(), message: z.string().nullish() }) });

// https://learn.microsoft.com/azure/key-vault/general/rest-error-codes
const dialect: ErrorDialect = (body, headers) => {
  const error = said.safeParse(body).data?.error;
  return { message: error?.message ?? undefined, code: error?.code ?? undefined, requestId: headers.get('x-ms-request-id') ?? undefined };
};

/**
 * When the secrets of a Key Vault end, those of its certificates among them, as far as somebody has said so there. Only names and dates are read: the identity needs the right to list secrets (the
 * role Key Vault Reader), and no more.
 */
export function keyVaultExpiries(url: string, tokens: TokenSource): Expiries {
  const baseUrl = trimBaseUrl(url);
  const wire = authorizeWire(createFetchWire(timeoutMs), tokens, new URL(baseUrl).origin);
  const api = createApi({ system: 'Key Vault', baseUrl, dialect, perform: createRestPerform(baseUrl, wire) });
  return { where: api.system, list: (signal) => listAll(api, signal) };
}

async function listAll(api: Api, signal: AbortSignal): Promise<readonly Expiry[]> {
  const found: Expiry[] = [];
  for (let path: string | undefined = `/secrets?api-version=${apiVersion}`; path !== undefined;) {
    const { value, nextLink }: z.infer<typeof page> = parseReply(api.system, await api.read({ method: 'GET', path }, signal), page);
    for (const { id, attributes } of value) {
      const name = new URL(id).pathname.split('/')[2] ?? id;
      if (attributes.enabled !== false && attributes.exp !== undefined)
        found.push({ what: `The secret ${name} in Key Vault`, expiresAt: attributes.exp * 1000 });
    }
    path = nextLink == null || nextLink === '' ? undefined : nextPath(api, nextLink);
  }
  return found;
}

/** A next link is followed only to the same vault: the token must not go elsewhere. */
function nextPath(api: Api, link: string): string {
  if (link.startsWith(`${api.baseUrl}/`)) return link.slice(api.baseUrl.length);
  throw new GatehouseError('target-answer-invalid', `${api.system} sent a link that is not at ${api.baseUrl}.`);
}
