/** A group as it was seen in its target. Only `static` groups take members from us. */
export type FoundGroup = {
  readonly id: string;
  readonly name: string;
  readonly kind: 'static' | 'dynamic' | 'synced' | 'role-assignable' | 'mail-enabled';
};

/** Reads groups and who is in them. */
export type MembershipReader = {
  group(groupId: string, signal: AbortSignal): Promise<FoundGroup | undefined>;
  /** Ids of the groups that hold the account directly. */
  groupsOf(accountId: string, signal: AbortSignal): Promise<readonly string[]>;
  /** Ids of the accounts that the group holds directly, page by page; what it holds besides (groups, devices) is left out. A group that is not there throws `target-not-found`. */
  membersOf(groupId: string, signal: AbortSignal): AsyncIterable<string>;
  isMember(groupId: string, accountId: string, signal: AbortSignal): Promise<boolean>;
};
