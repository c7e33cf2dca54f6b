import type { World } from '../../foundation/world.ts';
import { hasMailbox } from '../mail/mailboxes.ts';
import type { User } from '../store/entities.ts';

/** Addresses after the primary one becomes `mail`: the former ones stay as aliases, as Exchange keeps them. */
export function withPrimaryAddress(addresses: readonly string[], mail: string | null): readonly string[] {
  const aliases = addresses.map((address) => address.replace(/^SMTP:/, 'smtp:'));
  if (mail === null) return aliases;
  const primary = `SMTP:${mail}`;
  return [primary, ...aliases.filter((address) => address.toLowerCase() !== primary.toLowerCase())];
}

/** Mail and addresses of a cloud user after a change of `mail` or `userPrincipalName`. With a mailbox, the primary address follows the principal name where it was the same, and
 * the former one stays as an alias, as Exchange Online does it (https://learn.microsoft.com/exchange/recipients-in-exchange-online/manage-user-mailboxes/add-or-remove-email-addresses). */
export function renamedAddresses(
  world: World,
  user: User,
  { mail, userPrincipalName }: { readonly mail?: unknown; readonly userPrincipalName?: unknown },
): Partial<User> {
  const follows =
    mail === undefined && typeof userPrincipalName === 'string' && isSame(user.mail, user.userPrincipalName) && hasMailbox(world, user);
  const wanted = follows ? userPrincipalName : mail;
  if (wanted === undefined || wanted === user.mail) return {};
  const text = typeof wanted === 'string' ? wanted : null;
  return { mail: text, proxyAddresses: withPrimaryAddress(user.proxyAddresses, text) };
}

function isSame(left: string | null, right: string): boolean {
  return left?.toLowerCase() === right.toLowerCase();
}
