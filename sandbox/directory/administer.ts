import { transaction } from '../foundation/transaction.ts';
import type { World } from '../foundation/world.ts';
import { accountFlags } from './rules/account-control.ts';
import { isDeleted } from './store/deleted-objects.ts';
import type { DirectoryObject } from './store/directory-object.ts';
import { directoryStore, type DirectoryStore } from './store/directory-store.ts';

/** Who becomes a member of a group, and who no longer is one: GUIDs of accounts and groups. */
export type MemberChange = { readonly add: readonly string[]; readonly remove: readonly string[] };

/** Enables or disables an account as a domain administrator does by hand, whatever protects it. Undefined when there is no such account. */
export function setAccountEnabled(
  world: World,
  guid: string,
  enabled: boolean,
): { readonly dn: string; readonly userAccountControl: number } | undefined {
  const store = directoryStore(world);
  return transaction(world.database, () => {
    const account = find(store, guid);
    if (account?.className !== 'user') return undefined;
    const before = Number(account.attributes['userAccountControl']?.[0]);
    const after = enabled ? before & ~accountFlags.disabled : before | accountFlags.disabled;
    if (after !== before) store.objects.update(account.id, { ...account.attributes, userAccountControl: [String(after)] });
    return { dn: account.dn, userAccountControl: after };
  });
}

/** Changes the members of a group as a domain administrator does by hand. Gives the names of its members, or the GUID that nobody has. */
export function changeGroupMembers(
  world: World,
  guid: string,
  change: MemberChange,
): { readonly members: readonly string[] } | { readonly unknown: string } {
  const store = directoryStore(world);
  return transaction(world.database, () => {
    const group = find(store, guid);
    if (group?.className !== 'group') return { unknown: guid };
    const unknown = [...change.add, ...change.remove].find((one) => find(store, one) === undefined);
    if (unknown !== undefined) return { unknown };
    const idsOf = (guids: readonly string[]) => guids.flatMap((one) => find(store, one)?.id ?? []);
    const added = idsOf(change.add).filter((id) => !store.links.has('member', group.id, id));
    const removed = idsOf(change.remove).filter((id) => store.links.has('member', group.id, id));
    added.forEach((id) => store.links.add('member', group.id, id));
    removed.forEach((id) => store.links.remove('member', group.id, id));
    if (added.length + removed.length > 0) store.objects.touch(group.id);
    return { members: store.links.names('member', group.id, false) };
  });
}

function find(store: DirectoryStore, guid: string): DirectoryObject | undefined {
  const object = store.objects.byGuid(guid.toLowerCase());
  return object === undefined || isDeleted(object) ? undefined : object;
}
