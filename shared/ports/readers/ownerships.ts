/** Something that an account owns: a group, an application or its service principal, or what has no name with us. */
export type FoundOwned = { readonly id: string; readonly name: string; readonly type: 'group' | 'application' | 'other' };

/** Reads who owns what. */
export type OwnershipReader = {
  ownedBy(accountId: string, signal: AbortSignal): Promise<readonly FoundOwned[]>;
  /** Ids of a group's owners. A group that is not there throws `target-not-found`. */
  ownersOf(groupId: string, signal: AbortSignal): Promise<readonly string[]>;
};
