import { z } from 'zod';
import type { Told, ToldChange } from '../told.ts';
import type { Evidence, Fact, Finding } from './fact.ts';

const subscriptions = z.object({ subscriptions: z.array(z.object({ resource: z.string(), expiresAt: z.string() })) });

/** Microsoft Entra and Graph. */
export const graphFacts: readonly Fact[] = [
  {
    id: 'graph-revoke',
    fact: 'User.RevokeSessions.All is enough to end the sessions of a user.',
    from: 'docs/permissions.md',
    at: 'shut',
    check: ({ told }) => Promise.resolve(judged(changesOf(told, 'entra', 'sessions'), 'sessions were ended')),
  },
  {
    id: 'graph-enable-disable',
    fact: 'User.EnableDisableAccount.All with the reading of users is enough to close an account.',
    from: 'docs/permissions.md',
    at: 'shut',
    check: ({ told }) =>
      Promise.resolve(
        judged(
          changesOf(told, 'entra', 'account').filter(({ after }) => after?.['enabled'] === false),
          'the account was closed',
        ),
      ),
  },
  {
    id: 'graph-pass-guard',
    fact: 'An application may give a pass to somebody who has other ways to sign in: Graph does not refuse it, so that the product has to.',
    from: 'docs/security.md',
    byHand: 'Register a passkey for a test user by hand, and ask Graph for a pass with the token of the identity that issues passes.',
  },
  {
    id: 'graph-pass-guest',
    fact: 'A pass for a guest is refused.',
    from: 'docs/mechanism.md',
    byHand: 'Invite a guest into the test tenant, and ask for a pass with the same token.',
  },
  {
    id: 'graph-delete',
    fact: 'User.DeleteRestore.All is enough to delete a user.',
    from: 'docs/permissions.md',
    at: 'gone',
    check: ({ told }) =>
      Promise.resolve(
        judged(
          changesOf(told, 'entra', 'account').filter((change) => change.do === 'delete'),
          'the user was deleted',
        ),
      ),
  },
  {
    id: 'graph-recycle-bin',
    fact: 'A deleted user is in the recycle bin of the tenant for 30 days, and not there once it is erased.',
    from: 'docs/mechanism.md',
    at: 'gone',
    check: inRecycleBin,
  },
  {
    id: 'graph-dynamic-group',
    fact: 'Members of a group that a rule fills, or that is synced, cannot be written.',
    from: 'docs/connectors.md',
    byHand: 'Add the test user to a dynamic group with Graph: it has to be refused with 400 or 403.',
  },
  {
    id: 'graph-default-method',
    fact: 'The default way to sign in can be deleted only after the others.',
    from: 'docs/connectors.md',
    byHand: 'Register two ways for a test user, let them leave, and read the step methods of leaver-strip.',
  },
  {
    id: 'graph-handshake',
    fact: 'The address of Gatehouse answered the validation of a subscription in time, also after a cold start.',
    from: 'docs/api.md',
    at: 'shut',
    check: isSubscribed,
  },
  {
    id: 'graph-delta-dates',
    fact: 'A change of employeeHireDate or employeeLeaveDateTime wakes the delta of users; custom security attributes and signInActivity do not.',
    from: 'docs/mechanism.md',
    byHand: 'Read /users/delta?$deltatoken=latest&$select=employeeHireDate, change the date of a test user, and follow the link.',
  },
  {
    id: 'graph-leave-date',
    fact: 'employeeLeaveDateTime needs User-LifeCycleInfo.ReadWrite.All.',
    from: 'docs/permissions.md',
    byHand: 'Nothing of the shipped configuration writes it: map it, and read the step of a leaver.',
  },
  {
    id: 'graph-token-cache',
    fact: 'A permission that was just granted to a managed identity may need up to a day until its tokens hold it.',
    from: 'docs/permissions.md',
    byHand: 'Grant, wait for health to become up, and note how long it took; a restart of the app does not shorten it.',
  },
  {
    id: 'graph-sender',
    fact: 'Mail.Send that Exchange narrows to one mailbox sends from it, and from no other.',
    from: 'docs/permissions.md',
    byHand:
      'Look for the mails of this run in the mailbox that sends; then name another sender in config/targets.yaml and see the step fail.',
  },
  {
    id: 'sync-stop-gap',
    fact: 'Closing a synced user in the cloud holds only until the next sync: the account in AD has to be closed as well.',
    from: 'docs/mechanism.md',
    byHand: 'With --type employee the claims of the leaver say provisional first: look at the person again after the next sync.',
  },
  {
    id: 'sync-deletions',
    fact: 'The sync deletes at most 500 objects in one cycle unless that was changed.',
    from: 'docs/mechanism.md',
    byHand: 'Read the setting in Cloud Sync or Connect before a mass termination.',
  },
];

/** Changes of the person's runs in targets of a kind. */
function changesOf(told: Told, kind: string, of: string): readonly ToldChange[] {
  return told.runs
    .flatMap(({ steps }) => steps.flatMap(({ changes }) => changes))
    .filter((change) => change.target.startsWith(`${kind}:`) && change.kind === of);
}

function judged(changes: readonly ToldChange[], words: string): Finding {
  const failed = changes.find(({ outcome }) => outcome !== null && outcome.is !== 'done' && outcome.is !== 'already');
  if (failed !== undefined) return { is: 'does not hold', found: JSON.stringify(failed.outcome).slice(0, 200) };
  return changes.some(({ outcome }) => outcome?.is === 'done')
    ? { is: 'holds', found: words }
    : { is: 'not told', found: 'there was no such change' };
}

async function inRecycleBin({ graph, user, told }: Evidence): Promise<Finding> {
  if (user === undefined) return { is: 'not told', found: 'there was no user' };
  const isErased = told.runs.some(({ workflow, state }) => workflow === 'erase' && state === 'done');
  const isThere = (await graph(`/directory/deletedItems/${user}`)) !== undefined;
  const words = `${isThere ? 'it is' : 'it is not'} in the recycle bin, ${isErased ? 'and was erased' : 'and was not erased'}`;
  return { is: isThere === isErased ? 'does not hold' : 'holds', found: words };
}

async function isSubscribed({ gatehouse }: Evidence): Promise<Finding> {
  const found = subscriptions.parse(await gatehouse.get('/api/graph')).subscriptions;
  return found.length > 0
    ? { is: 'holds', found: `subscribed to ${found.map(({ resource }) => resource).join(', ')}` }
    : { is: 'not told', found: 'there is no subscription (yet): GET /api/graph' };
}
