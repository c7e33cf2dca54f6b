import type { Finding } from './expected.ts';
import type { World } from './read-world.ts';

/** A mail that somebody is to have got since: to whom, how its subject begins, and the ids of the mails that were there before. */
export type Told = { readonly address: string; readonly subject: string; readonly before: ReadonlySet<string> };

/** The mail has come in. */
export function checkTold({ address, subject, before }: Told, { graph }: World): readonly Finding[] {
  const user = graph.users.find(({ userPrincipalName, deleted }) => userPrincipalName === address && !deleted);
  const messages = graph.mailboxes.find(({ userId }) => userId === user?.id)?.messages ?? [];
  const has = messages.some((mail) => mail.folder === 'inbox' && !before.has(mail.id) && mail.subject?.startsWith(subject) === true);
  return has ? [] : [{ part: 'mail', text: `“${subject}…” to ${address}: expected one, found none` }];
}
