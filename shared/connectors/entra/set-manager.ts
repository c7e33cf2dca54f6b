import type { Answer } from '../../ports/writers/answer.ts';
import { foundOrUndefined } from '../http/found-or-undefined.ts';
import { accepted, toAnswer, toUnaccepted } from '../http/to-answer.ts';
import type { EntraParts } from './entra-parts.ts';
import { directoryReference } from './directory-reference.ts';
import { unlessNotYetVisible } from './not-yet-visible.ts';

/** Sets or, with null, removes a user's manager (https://learn.microsoft.com/graph/api/user-post-manager). Removing one that is not there is accepted. */
export async function setManager(parts: EntraParts, id: string, manager: string | null, signal: AbortSignal): Promise<Answer> {
  const { api, recent } = parts;
  const path = `/users/${encodeURIComponent(id)}/manager/$ref`;
  if (manager !== null) {
    const result = await api.write({ method: 'PUT', path, body: { '@odata.id': directoryReference(api.baseUrl, manager) } }, signal);
    return result.is === 'ok' ? toAnswer(result, id) : unlessNotYetVisible(result, recent.has(manager) ? manager : id, recent);
  }
  const result = await api.write({ method: 'DELETE', path }, signal);
  if (result.is === 'ok') return toAnswer(result, id);
  if (result.is !== 'refused' || result.status !== 404) return toUnaccepted(result);
  const user = await foundOrUndefined(api.read({ method: 'GET', path: `/users/${encodeURIComponent(id)}?$select=id` }, signal));
  return user === undefined ? unlessNotYetVisible(result, id, recent) : accepted(id, result.problem.requestId);
}
