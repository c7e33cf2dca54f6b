import { z } from 'zod';
import type { MethodReader } from '../../ports/readers/methods.ts';
import type { Api } from '../http/api.ts';
import { foundOrUndefined } from '../http/found-or-undefined.ts';
import { graphList } from '../http/graph-pages.ts';
import { methodCollections, methodKind } from './method-kinds.ts';
import type { RecentObjects } from './recent-objects.ts';

const method = z.object({ '@odata.type': z.string(), id: z.string(), isDefault: z.boolean().nullish() });
// Neither is a method of the person's own: everybody has a password, and passes have a reader of their own.
const notTheirs = new Set(['password', 'temporaryAccessPass']);
const order = Object.keys(methodCollections);

/**
 * Reads authentication methods, in the order in which they can be removed; ids are `<kind>/<id>`. Version 1.0 of Graph does not say which method is the default, so the last one that could be is taken for it.
 */
export function createMethodReader(api: Api, recent: RecentObjects): MethodReader {
  return {
    methodsOf: async (accountId, signal) => {
      const path = `/users/${encodeURIComponent(accountId)}/authentication/methods`;
      const reading = graphList(api, { method: 'GET', path }, method, signal);
      const found = (recent.has(accountId) ? await foundOrUndefined(reading) : await reading) ?? [];
      const methods = found
        .map((one) => ({ kind: methodKind(one['@odata.type']), id: one.id, said: one.isDefault ?? undefined }))
        .filter(({ kind }) => !notTheirs.has(kind))
        .toSorted((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
      return methods.map(({ kind, id, said }, place) => ({ id: `${kind}/${id}`, kind, isDefault: said ?? place === methods.length - 1 }));
    },
  };
}
