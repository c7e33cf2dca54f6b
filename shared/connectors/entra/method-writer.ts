import type { MethodReader } from '../../ports/readers/methods.ts';
import type { MethodWriter } from '../../ports/writers/writers.ts';
import { resolvedId } from '../http/resolved-id.ts';
import type { EntraParts } from './entra-parts.ts';
import { methodCollections } from './method-kinds.ts';
import { removePart } from './remove-part.ts';

/** Deletes one authentication method by its id `<kind>/<id>`, in the collection of its kind. A kind that Graph lets nobody delete is refused. */
export function createMethodWriter(parts: EntraParts, reader: MethodReader): MethodWriter {
  return {
    removeMethod: async (change, signal) => {
      const id = resolvedId(change.other);
      const slash = id.indexOf('/');
      const collection = methodCollections[id.slice(0, Math.max(slash, 0))];
      if (collection === undefined) {
        const message = `Microsoft Graph has no way to delete the authentication method ${id}; remove it in the Entra admin center.`;
        return { is: 'refused', problem: { code: 'target-refused', message } };
      }
      const there = () => reader.methodsOf(resolvedId(change.object), signal);
      const path = `authentication/${collection}/${encodeURIComponent(id.slice(slash + 1))}`;
      return removePart(parts, change, { path, id, there }, signal);
    },
  };
}
