import type { World } from '../../foundation/world.ts';
import { bodyOf, type GraphAnswer, type GraphCall } from '../http/graph-call.ts';
import { GraphFailure } from '../http/graph-failure.ts';
import { isSharedMailbox, requireMailbox } from '../mail/mailboxes.ts';
import { shapeOf } from '../odata/query-options.ts';
import type { User } from '../store/entities.ts';

/** Settings of a mailbox (https://learn.microsoft.com/graph/api/resources/mailboxsettings). */
export type MailboxSettings = Readonly<Record<string, unknown>> & { readonly automaticRepliesSetting: Readonly<Record<string, unknown>> };

const initial = {
  automaticRepliesSetting: { status: 'disabled', externalAudience: 'all', internalReplyMessage: '', externalReplyMessage: '' },
  timeZone: 'UTC',
  language: { locale: 'en-US', displayName: 'English (United States)' },
  dateFormat: 'M/d/yyyy',
  timeFormat: 'h:mm tt',
  delegateMeetingMessageDeliveryOptions: 'sendToDelegateOnly',
};

/** `GET /users/{id}/mailboxSettings`; 404 for a user without a mailbox. */
export function readMailboxSettings(call: GraphCall): GraphAnswer {
  const user = requireMailbox(call);
  return { status: 200, body: shown(call, user, shapeOf(call).select) };
}

/** `PATCH /users/{id}/mailboxSettings` (https://learn.microsoft.com/graph/api/user-update-mailboxsettings): what is left out stays as it is, inside the automatic replies too. */
export function changeMailboxSettings(call: GraphCall): GraphAnswer {
  const user = requireMailbox(call);
  const { '@odata.type': _type, '@odata.context': _context, userPurpose, automaticRepliesSetting: replies, ...values } = bodyOf(call);
  if (userPurpose !== undefined) throw new GraphFailure(400, 'ErrorInvalidRequest', "The property 'userPurpose' is read-only.");
  const before = mailboxSettings(call.world, user.id);
  const automaticRepliesSetting = { ...before.automaticRepliesSetting, ...(typeof replies === 'object' ? replies : {}) };
  requireSchedule(automaticRepliesSetting);
  call.world.database
    .prepare('INSERT INTO graph_mailbox_settings VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body')
    .run(user.id, JSON.stringify({ ...before, ...values, automaticRepliesSetting }));
  return { status: 200, body: shown(call, user, undefined) };
}

/** The settings of a user's mailbox. */
export function mailboxSettings(world: World, userId: string): MailboxSettings {
  const row = world.database.prepare('SELECT body FROM graph_mailbox_settings WHERE user_id = ?').get(userId);
  // Written by changeMailboxSettings only.
  return row === undefined ? initial : (JSON.parse(String(row['body'])) as MailboxSettings);
}

function shown(call: GraphCall, user: User, select: readonly string[] | undefined): Readonly<Record<string, unknown>> {
  const all = { ...mailboxSettings(call.world, user.id), userPurpose: isSharedMailbox(call.world, user.id) ? 'shared' : 'user' };
  const properties = Object.entries(all).filter(([name]) => select === undefined || select.includes(name));
  return {
    '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#users('${user.id}')/mailboxSettings`,
    ...Object.fromEntries(properties),
  };
}

function requireSchedule(replies: Readonly<Record<string, unknown>>): void {
  if (replies['status'] !== 'scheduled' || (replies['scheduledStartDateTime'] != null && replies['scheduledEndDateTime'] != null)) return;
  throw new GraphFailure(400, 'ErrorInvalidArgument', 'Scheduled automatic replies need scheduledStartDateTime and scheduledEndDateTime.');
}
