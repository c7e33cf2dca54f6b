import type { Hire } from './campaign-hires.ts';
import type { WorldState } from './campaign-state.ts';

const sender = 'gatehouse@contoso.example';

type Sent = { readonly to: readonly string[]; readonly subject: string; readonly content: string };

/**
 * What is wrong with the mails that were sent: each person's manager has one that tells of the pass and one that welcomes, the person one of their own. A mail
 * of somebody in `unknown` may be missing. Of people whose manager is hired too the pass may be told to the help desk, and the manager's welcome may be missing.
 */
export function judgeMails(state: WorldState, hires: readonly Hire[], unknown: ReadonlySet<string>): readonly string[] {
  const mails = sentMails(state);
  const passes = mails.filter(({ subject }) => subject.startsWith('A sign-in pass'));
  const welcomes = mails.filter((mail) => !passes.includes(mail));
  return [
    ...hires.flatMap((hire) => judgeOne(state, hire, { passes, welcomes, isUnknown: unknown.has(hire.workerId) })),
    ...number('pass mails', passes.length, { wanted: hires.length, mayBeFewer: unknown.size > 0 }),
  ];
}

type Mails = { readonly passes: readonly Sent[]; readonly welcomes: readonly Sent[]; readonly isUnknown: boolean };

function judgeOne(state: WorldState, hire: Hire, { passes, welcomes, isUnknown }: Mails): readonly string[] {
  const [manager, own] = [addressOf(state, hire.managerId), addressOf(state, hire.workerId)];
  const to = (address: string) => (mail: Sent) => mail.to.includes(address);
  const aboutOwn = welcomes.filter(({ content }) => new RegExp(`(?<![\\w.-])${own.replaceAll('.', '\\.')}`, 'i').test(content));
  const findings = [
    ...number('welcome mails to them', aboutOwn.filter(to(own)).length, { wanted: 1, mayBeFewer: isUnknown }),
    ...number('welcome mails to their manager', aboutOwn.filter((mail) => !to(own)(mail)).length, {
      wanted: 1,
      mayBeFewer: isUnknown || hire.isManagerHired,
    }),
    ...(hire.isManagerHired
      ? []
      : number('pass mails to their manager', passes.filter(to(manager)).length, { wanted: 1, mayBeFewer: isUnknown })),
  ];
  return findings.map((finding) => `${hire.workerId} ${hire.displayName}: ${finding}`);
}

function number(
  what: string,
  found: number,
  { wanted, mayBeFewer }: { readonly wanted: number; readonly mayBeFewer: boolean },
): readonly string[] {
  return found === wanted || (mayBeFewer && found < wanted) ? [] : [`${found} ${what}, must be ${wanted}`];
}

function sentMails({ graph }: WorldState): readonly Sent[] {
  const mailbox = graph.mailboxes.find(({ address }) => address === sender);
  return (mailbox?.messages ?? [])
    .filter(({ folder }) => folder === 'sentitems')
    .map(({ subject, body, toRecipients }) => ({
      subject,
      content: body.content,
      to: toRecipients.map(({ emailAddress }) => emailAddress.address.toLowerCase()),
    }));
}

function addressOf({ graph }: WorldState, workerId: string): string {
  const user = graph.users.find(({ employeeId }) => employeeId === workerId);
  return (user?.mail ?? user?.userPrincipalName ?? 'nobody').toLowerCase();
}
