import type { Operations } from '../http/graph-call.ts';
import { createDraft, deleteOneMessage, listFolder, readOneMessage } from './messages.ts';
import { sendDraft, sendMail } from './send-message.ts';

/** Mail of the tenant's mailboxes. */
export const mailOperations: Operations = {
  'POST /users/{user-id}/messages': { name: 'messages.create', handle: createDraft },
  'GET /users/{user-id}/messages': { name: 'messages.list', handle: listFolder },
  'GET /users/{user-id}/messages/{message-id}': { name: 'messages.get', handle: readOneMessage },
  'DELETE /users/{user-id}/messages/{message-id}': { name: 'messages.delete', handle: deleteOneMessage },
  'POST /users/{user-id}/messages/{message-id}/send': { name: 'messages.send', handle: sendDraft },
  'GET /users/{user-id}/mailFolders/{mailFolder-id}/messages': { name: 'messages.list', handle: listFolder },
  'POST /users/{user-id}/sendMail': { name: 'sendMail', handle: sendMail },
};
