import { bodyOf, nowText, parameter, type GraphAnswer, type GraphCall } from '../http/graph-call.ts';
import { GraphFailure } from '../http/graph-failure.ts';
import { satisfies } from '../odata/evaluate-filter.ts';
import type { Filter } from '../odata/filter.ts';
import { requiredTexts } from '../odata/filter-parts.ts';
import { orderBy } from '../odata/order-by.ts';
import { presentEntity } from '../odata/present-entity.ts';
import { filterOf, pageSize, shapeOf, type Shape } from '../odata/query-options.ts';
import { requireMailbox } from './mailboxes.ts';
import { deleteMessage, listMessages, newItemId, putMessage, readMessage, type Folder, type Message } from './message-store.ts';
import { newMessage } from './new-message.ts';
import { itemNotFound } from './send-message.ts';

/** `POST /users/{id}/messages`: a draft (https://learn.microsoft.com/graph/api/user-post-messages). */
export function createDraft(call: GraphCall): GraphAnswer {
  const sender = requireMailbox(call);
  const itemId = newItemId();
  const message: Message = {
    itemId,
    immutableId: `I${itemId}`,
    mailbox: sender.id,
    folder: 'drafts',
    body: newMessage(sender, bodyOf(call), nowText(call.world)),
  };
  putMessage(call.world.database, message);
  return { status: 201, body: present(call, message, { select: undefined, expand: [] }) };
}

/** `GET /users/{id}/messages/{id}`. */
export function readOneMessage(call: GraphCall): GraphAnswer {
  return { status: 200, body: present(call, requireMessage(call), shapeOf(call)) };
}

/** `DELETE /users/{id}/messages/{id}`. */
export function deleteOneMessage(call: GraphCall): GraphAnswer {
  deleteMessage(call.world.database, requireMessage(call).immutableId);
  return { status: 204 };
}

/** `GET /users/{id}/messages` and `GET /users/{id}/mailFolders/{id}/messages`: newest first, pages of `$top` (10, at most 1,000) linked by `$skip`. */
export function listFolder(call: GraphCall): GraphAnswer {
  const owner = requireMailbox(call);
  const filter = filterOf(call, false);
  const matching = ordered(call, listMessages(call.world.database, owner.id, folderOf(call), textsOf(filter))).filter(
    ({ body }) => filter === undefined || satisfies(body, filter),
  );
  const size = pageSize(call, 10, 1000);
  const skip = Number(call.query.get('$skip') ?? 0);
  const shape = shapeOf(call);
  const next = new URLSearchParams(call.query);
  next.set('$skip', String(skip + size));
  return {
    status: 200,
    body: {
      '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#users('${owner.id}')/messages`,
      ...(call.query.get('$count') === 'true' ? { '@odata.count': matching.length } : {}),
      ...(skip + size < matching.length
        ? { '@odata.nextLink': `${call.origin}/v1.0${call.path}?${next.toString().replaceAll('%24', '$')}` }
        : {}),
      value: matching.slice(skip, skip + size).map((message) => present(call, message, shape)),
    },
  };
}

// Letters beyond ASCII have cases that SQLite does not know, and a date has many spellings.
function textsOf(filter: Filter | undefined): readonly string[] {
  return filter === undefined ? [] : requiredTexts(filter).filter((text) => /^[ -~]*$/.test(text) && !/^\d{4}-\d{2}-\d{2}/.test(text));
}

function folderOf(call: GraphCall): Folder | undefined {
  const name = call.parameters['mailFolder-id']?.toLowerCase();
  if (name === undefined || name === 'drafts' || name === 'inbox' || name === 'sentitems') return name;
  throw new GraphFailure(404, 'ErrorItemNotFound', 'The specified folder could not be found in the store.');
}

function ordered(call: GraphCall, messages: readonly Message[]): readonly Message[] {
  const order = call.query.get('$orderby');
  return order === null
    ? messages
    : orderBy(
        messages.map((message) => ({ sort: message.body, message })),
        order,
      ).map(({ message }) => message);
}

function requireMessage(call: GraphCall): Message {
  const owner = requireMailbox(call);
  const message = readMessage(call.world.database, owner.id, parameter(call, 'message-id'));
  if (message === undefined) throw itemNotFound();
  return message;
}

// Internet headers come only when selected, extended properties and attachments only when expanded.
function present(call: GraphCall, message: Message, shape: Shape): Readonly<Record<string, unknown>> {
  const isImmutable = /IdType="ImmutableId"/i.test(call.headers.get('Prefer') ?? '');
  const { internetMessageHeaders, singleValueExtendedProperties, attachments: _attachments, ...usual } = message.body;
  const id = isImmutable ? message.immutableId : message.itemId;
  const shown =
    shape.select === undefined
      ? { id, ...usual }
      : { id, ...presentEntity({ id, ...usual, internetMessageHeaders }, 'microsoft.graph.message', shape.select) };
  const expansion = shape.expand.find(({ property }) => property === 'singleValueExtendedProperties');
  const extended = Array.isArray(singleValueExtendedProperties) ? singleValueExtendedProperties : [];
  const wanted = extended.filter((item: unknown) => expansion?.filter === undefined || satisfies(item, expansion.filter));
  return expansion === undefined || wanted.length === 0 ? shown : { ...shown, singleValueExtendedProperties: wanted };
}
