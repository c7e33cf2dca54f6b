import type { MailboxWriter } from '../../ports/writers/writers.ts';
import { priorityOf } from '../http/priority-of.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { toAnswer } from '../http/to-answer.ts';
import type { EntraParts } from './entra-parts.ts';
import { replyHtml } from './reply-text.ts';

/** Sets or, with null, stops the automatic reply `autoReply`, the same to colleagues and to others (https://learn.microsoft.com/graph/api/user-update-mailboxsettings). */
export function createMailboxWriter(parts: EntraParts): MailboxWriter {
  return {
    writeMailbox: async (change, signal) => {
      const account = resolvedId(change.object);
      const reply = change.after['autoReply'];
      const path = `/users/${encodeURIComponent(account)}/mailboxSettings`;
      const body = { automaticRepliesSetting: typeof reply === 'string' ? always(replyHtml(reply)) : { status: 'disabled' } };
      return toAnswer(await parts.api.write({ method: 'PATCH', path, body, priority: priorityOf(change) }, signal), account);
    },
  };
}

function always(message: string): Readonly<Record<string, string>> {
  return { status: 'alwaysEnabled', externalAudience: 'all', externalReplyMessage: message, internalReplyMessage: message };
}
