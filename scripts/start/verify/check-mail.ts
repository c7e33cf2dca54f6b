import { isPassDue } from './check-pass.ts';
import type { Expectation, Finding } from './expected.ts';
import type { World } from './read-world.ts';

/** Where the mails stood before the day: ids of messages, and the worker ids that were hired since. */
export type Before = { readonly mails: ReadonlySet<string>; readonly hired: ReadonlySet<string> };

type Message = World['graph']['mailboxes'][number]['messages'][number];

/**
 * The manager was told of the pass, once for each of the day's hires that got one, with a link and no code. Mails of several hires with one manager cannot be
 * told apart (they name nobody), so they are counted. Of people hired on an earlier day only that there is a mail is asked.
 */
export function checkMail(expected: Expectation, all: readonly Expectation[], world: World, before: Before): readonly Finding[] {
  const { managerId, workerId } = expected.hire;
  const mails = passMailsTo(managerId, world);
  const leaking = mails.filter((mail) => world.secrets.some((secret) => textOf(mail).includes(secret)));
  const leaks: readonly Finding[] =
    leaking.length === 0 ? [] : [{ part: 'mail', text: `${leaking.length} mails to ${managerId} hold a code` }];
  if (!isPassDue(expected, world)) return leaks;
  if (!before.hired.has(workerId))
    return mails.length > 0
      ? leaks
      : [...leaks, { part: 'mail', text: `mails of a pass to ${managerId}: expected at least one, found none` }];
  const due = all.filter(
    (other) => other.hire.managerId === managerId && before.hired.has(other.hire.workerId) && isPassDue(other, world),
  ).length;
  const found = mails.filter(({ id }) => !before.mails.has(id)).length;
  return found === due ? leaks : [...leaks, { part: 'mail', text: `mails of a pass to ${managerId}: expected ${due}, found ${found}` }];
}

/** Ids of all mails in the tenant. */
export function mailIds({ graph }: World): ReadonlySet<string> {
  return new Set(graph.mailboxes.flatMap(({ messages }) => messages.map(({ id }) => id)));
}

function passMailsTo(workerId: string, { graph }: World): readonly Message[] {
  const user = graph.users.find(({ employeeId, deleted }) => employeeId === workerId && !deleted);
  const mailbox = graph.mailboxes.find(({ userId }) => userId === user?.id);
  return (mailbox?.messages ?? []).filter((mail) => mail.folder === 'inbox' && /\/passes\//.test(textOf(mail)));
}

function textOf({ subject, body }: Message): string {
  return `${subject ?? ''} ${body?.content ?? ''}`;
}
