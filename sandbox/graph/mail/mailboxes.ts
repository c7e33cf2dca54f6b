import type { World } from '../../foundation/world.ts';
import type { GraphCall } from '../http/graph-call.ts';
import { GraphFailure } from '../http/graph-failure.ts';
import type { User } from '../store/entities.ts';
import { addressHolder, readKind } from '../store/objects.ts';
import { findUser, requireUser } from '../users/find-user.ts';

/** Whether the user has a mailbox: a licence whose Exchange plan is on, or a shared mailbox. */
export function hasMailbox(world: World, user: User): boolean {
  const plans = user['assignedPlans'];
  const isLicensed = Array.isArray(plans) && plans.some((plan: { readonly service?: unknown }) => plan.service === 'exchange');
  return isLicensed || isSharedMailbox(world, user.id);
}

/** Whether the user's mailbox is a shared one. */
export function isSharedMailbox(world: World, userId: string): boolean {
  return world.database.prepare('SELECT 1 FROM graph_private WHERE id = ? AND shared_mailbox = 1').get(userId) !== undefined;
}

/** Gives the user a shared mailbox, which needs no licence. */
export function makeSharedMailbox(world: World, userId: string): void {
  world.database
    .prepare('INSERT INTO graph_private (id, shared_mailbox) VALUES (?, 1) ON CONFLICT DO UPDATE SET shared_mailbox = 1')
    .run(userId);
}

/** The user of the path, who must have a mailbox; else 404 as Exchange answers it. */
export function requireMailbox(call: GraphCall): User {
  const user = requireUser(call);
  if (hasMailbox(call.world, user)) return user;
  throw new GraphFailure(404, 'MailboxNotEnabledForRESTAPI', 'The mailbox is either inactive, soft-deleted, or is hosted on-premise.');
}

/** The user whose mailbox takes mail for an address, if it is one of the tenant's. */
export function mailboxAt(world: World, address: string): User | undefined {
  const holder = addressHolder(world.database, `smtp:${address}`);
  const user = holder === undefined ? findUser(world, address) : readKind(world, 'user', holder);
  return user !== undefined && hasMailbox(world, user) ? user : undefined;
}
