import { z } from 'zod';
import type { MethodReader } from '../../ports/readers/methods.ts';
import type { Api } from '../http/api.ts';
import { foundOrUndefined } from '../http/found-or-undefined.ts';
import { graphList } from '../http/graph-pages.ts';
import { canBeDefault, methodKind } from './method-kinds.ts';
import type { RecentObjects } from './recent-objects.ts';

const method = z.object({
  '@odata.type': z.string(),
  id: z.string(),
  createdDateTime: z.string().nullish(),
  phoneType: z.string().nullish(),
});
type Method = z.infer<typeof method> & { readonly kind: string };

// Neither is a method of the person's own: everybody has a password, and passes have a reader of their own.
const notTheirs = new Set(['password', 'temporaryAccessPass']);

/**
 * Reads authentication methods, in the order in which they can be removed; ids are `<kind>/<id>`. Version 1.0 of Graph does not say which method is the default. It is usually the one that was registered first, so of those
 * that can be the default the oldest comes last and is taken for it.
 */
export function createMethodReader(api: Api, recent: RecentObjects): MethodReader {
  return {
    methodsOf: async (accountId, signal) => {
      const path = `/users/${encodeURIComponent(accountId)}/authentication/methods`;
      const reading = graphList(api, { method: 'GET', path }, method, signal);
      const found = (recent.has(accountId) ? await foundOrUndefined(reading) : await reading) ?? [];
      const methods = found
        .map((one) => ({ ...one, kind: methodKind(one['@odata.type']) }))
        .filter(({ kind }) => !notTheirs.has(kind))
        .toSorted((one, other) => rank(one) - rank(other) || registered(other) - registered(one));
      const last = methods.at(-1);
      return methods.map((one) => ({ id: `${one.kind}/${one.id}`, kind: one.kind, isDefault: one === last && canBeDefault(one.kind) }));
    },
  };
}

// The mobile phone of someone with an alternate one cannot be deleted (https://learn.microsoft.com/graph/api/phoneauthenticationmethod-delete).
function rank({ kind, phoneType }: Method): number {
  if (!canBeDefault(kind)) return 0;
  return phoneType === 'alternateMobile' ? 1 : 2;
}

function registered({ createdDateTime }: Method): number {
  return createdDateTime == null ? 0 : Date.parse(createdDateTime);
}
