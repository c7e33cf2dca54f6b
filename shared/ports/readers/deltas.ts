/** What of a tenant can be followed: its users, and its groups with their members. */
export type DeltaResource = 'users' | 'groups';

/** A user as a delta shows it. What the delta does not say is undefined, and is as it was. */
export type UserDelta = {
  readonly id: string;
  /** True for one that was deleted, whether it can still be restored or not. */
  readonly isDeleted: boolean;
  readonly enabled: boolean | undefined;
  /** What joins it with the account that masters it (`onPremisesImmutableId`). */
  readonly anchor: string | null | undefined;
};

/** A group as a delta shows it: the users that came and went. One group may come several times, each time with some of its members. */
export type GroupDelta = {
  readonly id: string;
  readonly isDeleted: boolean;
  readonly added: readonly string[];
  readonly removed: readonly string[];
};

/**
 * A page. `link` leads to the next one, or on the last page to the changes that are still to come; it is opaque. `expired`: the link leads nowhere any more, and the
 * resource has to be read from the beginning.
 */
export type DeltaPage<Item> =
  | { readonly is: 'page'; readonly items: readonly Item[]; readonly link: string; readonly isLast: boolean }
  | { readonly is: 'expired'; readonly reason: string };

/** Reads what changed, page by page; without a link everything there is, from the beginning. An item may come twice, late, or in an older shape than before. */
export type DeltaReader = {
  users(link: string | null, signal: AbortSignal): Promise<DeltaPage<UserDelta>>;
  groups(link: string | null, signal: AbortSignal): Promise<DeltaPage<GroupDelta>>;
};
