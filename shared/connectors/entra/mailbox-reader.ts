import { z } from 'zod';
import type { FoundMailbox, MailboxReader } from '../../ports/readers/mailboxes.ts';
import type { Api } from '../http/api.ts';
import { foundOrUndefined } from '../http/found-or-undefined.ts';
import { parseReply } from '../http/parse-reply.ts';
import { replyText } from './reply-text.ts';

const settings = z.object({
  automaticRepliesSetting: z
    .object({ status: z.string().nullish(), externalReplyMessage: z.string().nullish(), internalReplyMessage: z.string().nullish() })
    .nullish(),
});

/** Reads automatic replies, as plain text (https://learn.microsoft.com/graph/api/user-get-mailboxsettings). A user without a mailbox is answered 404. */
export function createMailboxReader(api: Api): MailboxReader {
  return { mailboxOf: (accountId, signal) => foundOrUndefined(readMailbox(api, accountId, signal)) };
}

async function readMailbox(api: Api, accountId: string, signal: AbortSignal): Promise<FoundMailbox> {
  const path = `/users/${encodeURIComponent(accountId)}/mailboxSettings`;
  const found = parseReply(api.system, await api.read({ method: 'GET', path }, signal), settings).automaticRepliesSetting;
  const isOff = found == null || found.status == null || found.status === 'disabled';
  return { autoReply: isOff ? null : replyText(found.externalReplyMessage || found.internalReplyMessage || '') };
}
