import { bodyOf, nowText, parameter, type GraphAnswer, type GraphCall } from '../http/graph-call.ts';
import { GraphFailure } from '../http/graph-failure.ts';
import { mailboxAt, requireMailbox } from './mailboxes.ts';
import { deleteMessage, newItemId, putMessage, readMessage, type Message, type MessageBody } from './message-store.ts';
import { newMessage, receivedCopy } from './new-message.ts';

/** `POST /users/{id}/messages/{id}/send`: 202, the draft moves to Sent Items, where its item id is a new one (https://learn.microsoft.com/graph/api/message-send). */
export function sendDraft(call: GraphCall): GraphAnswer {
  const sender = requireMailbox(call);
  const draft = readMessage(call.world.database, sender.id, parameter(call, 'message-id'));
  if (draft === undefined) throw itemNotFound();
  if (!draft.body.isDraft) throw new GraphFailure(400, 'ErrorInvalidRequest', 'The message is not a draft.');
  send(call, draft, true);
  return { status: 202 };
}

/** `POST /users/{id}/sendMail`: 202; kept in Sent Items unless told otherwise (https://learn.microsoft.com/graph/api/user-sendmail). */
export function sendMail(call: GraphCall): GraphAnswer {
  const sender = requireMailbox(call);
  const body = bodyOf(call);
  const given = body['message'] ?? body['Message'];
  const values = typeof given === 'object' && given !== null ? { ...given } : {};
  const id = newItemId();
  const message = newMessage(sender, values, nowText(call.world));
  send(
    call,
    { itemId: id, immutableId: id, mailbox: sender.id, folder: 'drafts', body: message },
    (body['saveToSentItems'] ?? body['SaveToSentItems']) !== false,
  );
  return { status: 202 };
}

/** 404 as Exchange answers it. */
export function itemNotFound(): GraphFailure {
  return new GraphFailure(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');
}

function send(call: GraphCall, draft: Message, keep: boolean): void {
  const { database } = call.world;
  const now = nowText(call.world);
  const addresses = addressesOf(draft.body);
  if (addresses.length === 0) throw new GraphFailure(400, 'ErrorInvalidRecipients', 'At least one recipient is not valid.');
  const body: MessageBody = {
    ...draft.body,
    isDraft: false,
    sentDateTime: now,
    receivedDateTime: now,
    lastModifiedDateTime: now,
    parentFolderId: 'sentitems',
  };
  if (keep) putMessage(database, { ...draft, itemId: newItemId(), folder: 'sentitems', body });
  else deleteMessage(database, draft.immutableId);
  const mailboxes = new Set(addresses.flatMap((address) => mailboxAt(call.world, address)?.id ?? []));
  for (const mailbox of mailboxes) {
    const id = newItemId();
    putMessage(database, { itemId: id, immutableId: `I${id}`, mailbox, folder: 'inbox', body: receivedCopy(body) });
  }
}

function addressesOf(body: MessageBody): readonly string[] {
  return [...body.toRecipients, ...body.ccRecipients, ...body.bccRecipients].map(({ emailAddress }) => emailAddress.address);
}
