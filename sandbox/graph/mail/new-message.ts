import { randomUUID } from 'node:crypto';
import { tenant } from '../../tokens/tenant.ts';
import { GraphFailure } from '../http/graph-failure.ts';
import type { User } from '../store/entities.ts';
import type { MessageBody, Recipient } from './message-store.ts';

/** A draft as the mailbox makes it from what the client sent. Throws 400 for an internet header whose name does not start with `x-`. */
export function newMessage(sender: User, values: Readonly<Record<string, unknown>>, now: string): MessageBody {
  requireCustomHeaders(values['internetMessageHeaders']);
  const from = { emailAddress: { name: sender.displayName, address: sender.mail ?? sender.userPrincipalName } };
  const body = values['body'] ?? { contentType: 'text', content: '' };
  const standard = {
    createdDateTime: now,
    lastModifiedDateTime: now,
    receivedDateTime: now,
    sentDateTime: now,
    changeKey: randomUUID(),
    categories: [],
    hasAttachments: false,
    internetMessageId: `<${randomUUID()}@${tenant.domain}>`,
    subject: '',
    bodyPreview: previewOf(body),
    importance: 'normal',
    parentFolderId: 'drafts',
    conversationId: randomUUID(),
    isDeliveryReceiptRequested: false,
    isReadReceiptRequested: false,
    isRead: true,
    inferenceClassification: 'focused',
    replyTo: [],
    flag: { flagStatus: 'notFlagged' },
    from,
    sender: from,
  };
  const { '@odata.type': _type, ...given } = values;
  return {
    ...standard,
    ...given,
    body,
    isDraft: true,
    toRecipients: recipientsOf(values['toRecipients']),
    ccRecipients: recipientsOf(values['ccRecipients']),
    bccRecipients: recipientsOf(values['bccRecipients']),
  };
}

/** The message as a recipient gets it: without blind copies, and without the sender's own extended properties. */
export function receivedCopy(message: MessageBody): MessageBody {
  const { singleValueExtendedProperties: _own, ...shared } = message;
  return { ...shared, bccRecipients: [], isRead: false, parentFolderId: 'inbox' };
}

function recipientsOf(value: unknown): readonly Recipient[] {
  // The contract has checked each recipient.
  return Array.isArray(value) ? (value as readonly Recipient[]) : [];
}

function previewOf(body: unknown): string {
  const { content }: { readonly content?: unknown } = typeof body === 'object' && body !== null ? body : {};
  return typeof content === 'string'
    ? content
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim()
        .slice(0, 255)
    : '';
}

function requireCustomHeaders(headers: unknown): void {
  const names = Array.isArray(headers) ? headers.map((header: { readonly name?: unknown }) => String(header.name)) : [];
  const wrong = names.find((name) => !/^x-/i.test(name));
  if (wrong === undefined) return;
  throw new GraphFailure(
    400,
    'InvalidInternetMessageHeader',
    `The internet message header name '${wrong}' should start with 'x-' or 'X-'.`,
  );
}
