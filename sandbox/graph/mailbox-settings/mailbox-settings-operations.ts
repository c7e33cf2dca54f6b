import type { Operations } from '../http/graph-call.ts';
import { changeMailboxSettings, readMailboxSettings } from './mailbox-settings.ts';

/** Settings of mailboxes, automatic replies among them. */
export const mailboxSettingsOperations: Operations = {
  'GET /users/{user-id}/mailboxSettings': { name: 'mailboxSettings.get', handle: readMailboxSettings },
  'PATCH /users/{user-id}/mailboxSettings': { name: 'mailboxSettings.update', handle: changeMailboxSettings },
};
