import { graphUses } from './graph-uses.ts';

/** The function apps, each with an identity of its own. */
export type GraphIdentity = 'ingest' | 'work' | 'hands';

/** Whoever holds one of these can sign in as somebody else: they are of `hands` alone. */
const waysToSignIn = /^UserAuthMethod-.*\.ReadWrite\.All$/;

/** Exchange grants these for the one sending mailbox. Granted in Entra as well they would reach every mailbox: the two add up (https://learn.microsoft.com/exchange/permissions-exo/application-rbac). */
const mailboxPermissions = ['Mail.ReadWrite', 'Mail.Send'];

/** Lets an application grant itself anything, so somebody has to ask for it. */
const onRequest = ['AppRoleAssignment.ReadWrite.All'];

/** What the gate of `hands` looks at before and after a change of its own: the account, its privileges, its ways to sign in, and whether the tenant is there. */
const looksOfHands = [
  'Organization.Read.All',
  'RoleEligibilitySchedule.Read.Directory',
  'RoleManagement.Read.Directory',
  'User.Read.All',
  'UserAuthMethod-TAP.Read.All',
  'UserAuthenticationMethod.Read.All',
];

const all = [...new Set(graphUses.map(({ permission }) => permission))].toSorted();
const notOfWork = [...mailboxPermissions, ...onRequest];

/** The application permissions of Microsoft Graph that each identity is granted, by name. No identity is granted more, and `ingest`, which the internet reaches, none. */
export const graphGrants: Readonly<Record<GraphIdentity, readonly string[]>> = {
  ingest: [],
  work: all.filter((permission) => !waysToSignIn.test(permission) && !notOfWork.includes(permission)),
  hands: all.filter((permission) => waysToSignIn.test(permission) || looksOfHands.includes(permission)),
};

/** What `work` may be granted when somebody asks for it by name. */
export const graphGrantsOnRequest: readonly string[] = onRequest;
