import { z } from 'zod';
import type { RenderedMail } from '../../ports/rendered-mail.ts';
import type { MailWriter } from '../../ports/writers/writers.ts';
import type { Api } from '../http/api.ts';
import { accepted, answerWithoutId, toAnswer, toUnaccepted } from '../http/to-answer.ts';
import { immutableIds } from './immutable-ids.ts';
import { mailKeyProperty } from './mail-key.ts';

const created = z.object({ id: z.string().min(1) });

/** Writes drafts into the sender's mailbox and sends them (https://learn.microsoft.com/graph/api/message-send: 202 means taken, not delivered). */
export function createMailWriter(api: Api, sender: string): MailWriter {
  const messages = `/users/${encodeURIComponent(sender)}/messages`;
  return {
    draft: async (change, mail, signal) => {
      const result = await api.write({ method: 'POST', path: messages, headers: immutableIds, body: bodyOf(mail, change.key) }, signal);
      if (result.is !== 'ok') return toUnaccepted(result);
      const draft = created.safeParse(result.reply.body);
      return draft.success ? accepted(draft.data.id, result.reply.requestId) : answerWithoutId(api.system, result.reply.requestId);
    },
    send: async (_, draftId, signal) => {
      const path = `${messages}/${encodeURIComponent(draftId)}/send`;
      return toAnswer(await api.write({ method: 'POST', path, headers: immutableIds }, signal), draftId);
    },
  };
}

function bodyOf(mail: RenderedMail, key: string): Record<string, unknown> {
  return {
    subject: mail.subject,
    body: { contentType: 'html', content: mail.html },
    toRecipients: mail.to.map((address) => ({ emailAddress: { address } })),
    singleValueExtendedProperties: [{ id: mailKeyProperty, value: key }],
  };
}
