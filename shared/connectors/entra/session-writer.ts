import type { SessionWriter } from '../../ports/writers/writers.ts';
import { priorityOf } from '../http/priority-of.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { toAnswer } from '../http/to-answer.ts';
import type { EntraParts } from './entra-parts.ts';
import { unlessNotYetVisible } from './not-yet-visible.ts';

/** Voids the refresh tokens and session cookies of a user (https://learn.microsoft.com/graph/api/user-revokesigninsessions); doing so again does no harm. */
export function createSessionWriter(parts: EntraParts): SessionWriter {
  return {
    revokeSessions: async (change, signal) => {
      const account = resolvedId(change.object);
      const path = `/users/${encodeURIComponent(account)}/revokeSignInSessions`;
      const result = await parts.api.write({ method: 'POST', path, priority: priorityOf(change) }, signal);
      return result.is === 'ok' ? toAnswer(result, account) : unlessNotYetVisible(result, account, parts.recent);
    },
  };
}
