import type { AccountReader } from '../../ports/readers/accounts.ts';
import type { PurgeWriter } from '../../ports/writers/writers.ts';
import { lookOr } from '../http/look-or.ts';
import { priorityOf } from '../http/priority-of.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { accepted, toAnswer, toUnaccepted } from '../http/to-answer.ts';
import type { EntraParts } from './entra-parts.ts';

/** Erases a deleted user for good (https://learn.microsoft.com/graph/api/directory-deleteditems-delete). A user who is not deleted is refused in Graph's words, since it is not there to erase. */
export function createPurgeWriter(parts: EntraParts, reader: AccountReader): PurgeWriter {
  return {
    purge: async (change, signal) => {
      const id = resolvedId(change.object);
      const path = `/directory/deletedItems/${encodeURIComponent(id)}`;
      const result = await parts.api.write({ method: 'DELETE', path, priority: priorityOf(change) }, signal);
      if (result.is === 'ok') return toAnswer(result, id);
      const isLost = result.is === 'refused' && result.status === 404;
      const isGone = isLost && (await lookOr(reader.byId(id, signal), null)) === undefined;
      return isGone ? accepted(id, result.problem.requestId) : toUnaccepted(result);
    },
  };
}
