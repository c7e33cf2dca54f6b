import type { World } from '../../foundation/world.ts';
import { tenant } from '../../tokens/tenant.ts';
import { makeSharedMailbox } from '../mail/mailboxes.ts';
import { insertObject } from '../store/objects.ts';
import { newUser } from '../users/create-user.ts';

/** Ids of the accounts that are nobody's. */
export const serviceAccountIds = {
  gatehouse: 'e3000000-0000-4000-8000-000000000001',
  helpdesk: 'e3000000-0000-4000-8000-000000000002',
  breakGlass: 'e3000000-0000-4000-8000-000000000003',
} as const;

const since = '2012-03-01T09:00:00Z';

/** Makes the two shared mailboxes of docs/sandbox.md, whose users cannot sign in, and the emergency access account. */
export function seedServiceAccounts(world: World): void {
  sharedMailbox(world, { id: serviceAccountIds.gatehouse, alias: 'gatehouse', displayName: 'Gatehouse' });
  sharedMailbox(world, { id: serviceAccountIds.helpdesk, alias: 'helpdesk', displayName: 'Help desk' });
  const name = { displayName: 'Emergency access', mailNickname: 'break-glass', userPrincipalName: `break-glass@${tenant.initialDomain}` };
  insertObject(world, { kind: 'user', entity: newUser({ id: serviceAccountIds.breakGlass, accountEnabled: true, ...name }, since) });
}

function sharedMailbox(
  world: World,
  { id, alias, displayName }: { readonly id: string; readonly alias: string; readonly displayName: string },
): void {
  const address = `${alias}@${tenant.domain}`;
  const values = { id, accountEnabled: false, displayName, mailNickname: alias, userPrincipalName: address, mail: address };
  insertObject(world, { kind: 'user', entity: newUser(values, since) });
  makeSharedMailbox(world, id);
}
