import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

/** Folders by their well-known names (https://learn.microsoft.com/graph/api/resources/mailfolder). */
export type Folder = 'drafts' | 'inbox' | 'sentitems';

/** A recipient of a message. */
export type Recipient = { readonly emailAddress: { readonly address: string; readonly name?: string | null } };

/** What a message is made of; other properties are kept as they were sent (https://learn.microsoft.com/graph/api/resources/message). */
export type MessageBody = Readonly<Record<string, unknown>> & {
  readonly isDraft: boolean;
  readonly toRecipients: readonly Recipient[];
  readonly ccRecipients: readonly Recipient[];
  readonly bccRecipients: readonly Recipient[];
};

/** A message in a mailbox. `itemId` changes when it is moved; `immutableId` does not (https://learn.microsoft.com/graph/outlook-immutable-id). */
export type Message = {
  readonly itemId: string;
  readonly immutableId: string;
  readonly mailbox: string;
  readonly folder: Folder;
  readonly body: MessageBody;
};

/** A new id of a message. */
export function newItemId(): string {
  return `AAMk${randomBytes(30).toString('base64url')}`;
}

/** Stores a new message, or one that was moved or changed, at the top of its folder. */
export function putMessage(database: DatabaseSync, message: Message): void {
  database.prepare('DELETE FROM graph_messages WHERE immutable_id = ?').run(message.immutableId);
  database
    .prepare('INSERT INTO graph_messages VALUES (?, ?, ?, ?, (SELECT coalesce(max(position), 0) + 1 FROM graph_messages), ?)')
    .run(message.itemId, message.immutableId, message.mailbox, message.folder, JSON.stringify(message.body));
}

/** The message of the mailbox with this id, either kind of id. */
export function readMessage(database: DatabaseSync, mailbox: string, id: string): Message | undefined {
  const row = database.prepare('SELECT * FROM graph_messages WHERE mailbox = ? AND (item_id = ? OR immutable_id = ?)').get(mailbox, id, id);
  return row === undefined ? undefined : fromRow(row);
}

/** Messages of a mailbox, newest first, of one folder or all. With `texts`, only those whose stored form contains every one of them, letter case aside:
 * a mailbox of many thousands is not read whole to find one message. */
export function listMessages(database: DatabaseSync, mailbox: string, folder?: Folder, texts: readonly string[] = []): readonly Message[] {
  const inFolder = folder === undefined ? '' : ' AND folder = ?';
  const withText = texts.map(() => " AND body LIKE ? ESCAPE '!'").join('');
  return database
    .prepare(`SELECT * FROM graph_messages WHERE mailbox = ?${inFolder}${withText} ORDER BY position DESC`)
    .all(mailbox, ...(folder === undefined ? [] : [folder]), ...texts.map(likePattern))
    .map(fromRow);
}

/** Removes a message. */
export function deleteMessage(database: DatabaseSync, immutableId: string): void {
  database.prepare('DELETE FROM graph_messages WHERE immutable_id = ?').run(immutableId);
}

function likePattern(text: string): string {
  return `%${JSON.stringify(text).slice(1, -1).replace(/[!%_]/g, '!$&')}%`;
}

function fromRow(row: Readonly<Record<string, unknown>>): Message {
  return {
    itemId: String(row['item_id']),
    immutableId: String(row['immutable_id']),
    mailbox: String(row['mailbox']),
    // Written by putMessage only.
    folder: row['folder'] as Folder,
    body: JSON.parse(String(row['body'])) as MessageBody,
  };
}
