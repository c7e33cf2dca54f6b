import type { Restore } from '../../domain/change.ts';
import type { Admitted } from '../../ports/writers/admitted.ts';
import type { Answer } from '../../ports/writers/answer.ts';
import type { Api } from '../http/api.ts';
import { foundOrUndefined } from '../http/found-or-undefined.ts';
import { lookOr } from '../http/look-or.ts';
import { priorityOf } from '../http/priority-of.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { accepted, toAnswer } from '../http/to-answer.ts';
import type { EntraParts } from './entra-parts.ts';
import { refuseCreate } from './refuse-create.ts';

/**
 * Brings a deleted user back under its old id, with its groups and licences (https://learn.microsoft.com/graph/api/directory-deleteditems-restore). A user who is there
 * already is accepted; one who is not kept any more, or whose name was given away, is refused in Graph's words.
 */
export async function restoreUser(parts: EntraParts, change: Admitted<Restore>, signal: AbortSignal): Promise<Answer> {
  const id = resolvedId(change.object);
  const path = `/directory/deletedItems/${encodeURIComponent(id)}/restore`;
  const result = await parts.api.write({ method: 'POST', path, priority: priorityOf(change) }, signal);
  if (result.is === 'ok') parts.recent.add(id);
  const isThere = result.is === 'refused' && result.status === 404 && (await lookOr(exists(parts.api, id, signal), false));
  if (isThere) return accepted(id, result.problem.requestId);
  // Its names may have been given away meanwhile.
  return result.is === 'refused' ? refuseCreate(parts.api, result, {}, signal) : toAnswer(result, id);
}

async function exists(api: Api, id: string, signal: AbortSignal): Promise<boolean> {
  const path = `/users/${encodeURIComponent(id)}?$select=id`;
  return (await foundOrUndefined(api.read({ method: 'GET', path }, signal))) !== undefined;
}
