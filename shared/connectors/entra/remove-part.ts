import type { Link } from '../../domain/change.ts';
import type { Admitted } from '../../ports/writers/admitted.ts';
import type { Answer } from '../../ports/writers/answer.ts';
import { lookOr } from '../http/look-or.ts';
import { priorityOf } from '../http/priority-of.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { accepted, toAnswer } from '../http/to-answer.ts';
import type { EntraParts } from './entra-parts.ts';
import { unlessNotYetVisible } from './not-yet-visible.ts';

/** Something that belongs to a user and can be deleted: where it is below the user, and the ids of its like that are there. */
export type Part = { readonly path: string; readonly id: string; readonly there: () => Promise<readonly { readonly id: string }[]> };

/** Deletes one part of a user. A 404 is looked into before it is believed: gone already is accepted, a user who is not there is not. */
export async function removePart(parts: EntraParts, change: Admitted<Link>, part: Part, signal: AbortSignal): Promise<Answer> {
  const account = resolvedId(change.object);
  const path = `/users/${encodeURIComponent(account)}/${part.path}`;
  const result = await parts.api.write({ method: 'DELETE', path, priority: priorityOf(change) }, signal);
  if (result.is === 'ok') return toAnswer(result, account);
  if (result.is === 'refused' && result.status === 404) {
    const there = await lookOr(part.there(), undefined);
    if (there?.every(({ id }) => id !== part.id)) return accepted(account, result.problem.requestId);
  }
  return unlessNotYetVisible(result, account, parts.recent);
}
