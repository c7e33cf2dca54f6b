import type { Link } from '../../domain/change.ts';
import type { Admitted } from '../../ports/writers/admitted.ts';
import type { Answer } from '../../ports/writers/answer.ts';
import { lookOr } from '../http/look-or.ts';
import { priorityOf } from '../http/priority-of.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { accepted, toAnswer } from '../http/to-answer.ts';
import { directoryReference } from './directory-reference.ts';
import type { EntraParts } from './entra-parts.ts';
import { unlessNotYetVisible } from './not-yet-visible.ts';

/** A reference in a collection of Graph: where the collection is, whom it is to hold, and how to see whether it does. */
export type Reference = { readonly collection: string; readonly member: string; readonly isThere: () => Promise<boolean> };

/**
 * Adds or removes one reference by `$ref` (https://learn.microsoft.com/graph/api/group-post-owners, user-post-sponsors, administrativeunit-post-members). A refusal is looked into before it is believed: Graph
 * answers 400 for what is there already, and 404 for what is not there any more.
 */
export async function setReference(parts: EntraParts, change: Admitted<Link>, reference: Reference, signal: AbortSignal): Promise<Answer> {
  const { collection, member, isThere } = reference;
  const account = resolvedId(change.object);
  const priority = priorityOf(change);
  const body = { '@odata.id': directoryReference(parts.api.baseUrl, member) };
  // Without `$ref` a deletion would delete the object itself.
  const result = await (change.do === 'link'
    ? parts.api.write({ method: 'POST', path: `${collection}/$ref`, body, priority }, signal)
    : parts.api.write({ method: 'DELETE', path: `${collection}/${encodeURIComponent(member)}/$ref`, priority }, signal));
  if (result.is === 'ok') return toAnswer(result, account);
  if (result.is === 'refused' && (await lookOr(isThere(), undefined)) === (change.do === 'link'))
    return accepted(account, result.problem.requestId);
  return unlessNotYetVisible(result, account, parts.recent);
}
