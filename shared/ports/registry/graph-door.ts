import type { Change, Outcome } from '../../domain/change.ts';
import type { AccountLink } from '../../domain/subject.ts';
import type { PersonId, TargetId } from '../../domain/ids.ts';
import type { DeltaResource } from '../readers/deltas.ts';

/** A subscription of ours. `stateHash` is the SHA-256 of its client state, hex: the secret itself is kept nowhere. */
export type KnownSubscription = {
  readonly target: TargetId;
  readonly resource: DeltaResource;
  readonly id: string;
  readonly stateHash: string;
  readonly expiresAt: number;
  /** When it was last found in the tenant. */
  readonly checkedAt: number;
};

/** Where we are in a tenant's stream of changes. */
export type DeltaCursor = {
  readonly target: TargetId;
  readonly resource: DeltaResource;
  /** Leads to the next page; null where everything has to be read from the beginning. */
  readonly link: string | null;
  /** Counted up with each reading from the beginning: what was last seen in an earlier round is there no more. */
  readonly round: number;
  /** A reading from the beginning is under way. */
  readonly isFull: boolean;
  /** Everything was read once: from then on a difference is a change, not news. */
  readonly isKnown: boolean;
  /** Counted up with each request to look. */
  readonly wanted: number;
  /** When the last complete look ended. */
  readonly endedAt: number | null;
};

type CursorKey = Pick<DeltaCursor, 'target' | 'resource'>;
/** Where a page leaves the cursor. */
export type CursorStep = Pick<DeltaCursor, 'link' | 'round' | 'isFull' | 'isKnown'>;

export type SeenUser = { readonly id: string; readonly state: 'enabled' | 'disabled' | 'deleted' };
export type SeenMember = { readonly group: string; readonly member: string; readonly isMember: boolean };

/** Something that was changed in a tenant, and not by Gatehouse. */
export type ForeignChange = {
  readonly id: string;
  readonly at: number;
  readonly target: TargetId;
  readonly kind: ForeignChangeKind;
  /** The account, or the group where that itself was changed. */
  readonly object: string;
  /** The group, where a membership was changed. */
  readonly other: string | null;
  readonly personId: PersonId | null;
  /** It gives access to somebody who is to have none: somebody has still to look after that. */
  readonly isReopening: boolean;
};
export type ForeignChangeKind =
  | 'synced-account-appeared'
  | 'account-appeared'
  | 'account-enabled'
  | 'account-disabled'
  | 'account-deleted'
  | 'account-restored'
  | 'member-added'
  | 'member-removed'
  | 'group-deleted';

/** A change of ours that was sent, or found to be so. `account` is the account it is about, where that is known. */
export type OwnChange = {
  readonly changeId: string;
  readonly personId: PersonId;
  readonly change: Change;
  readonly account: string | null;
  readonly outcome: Outcome | null;
  readonly at: number;
};

/** How notices were taken. */
export type NoticeFate = 'taken' | 'unknown-subscription' | 'wrong-client-state';

/** What is known of tenants that tell us of their changes. */
export type GraphDoorStore = SubscriptionRows & CursorRows & SeenRows & ForeignChangeRows;

export type SubscriptionRows = {
  subscriptions(): Promise<readonly KnownSubscription[]>;
  subscription(id: string): Promise<KnownSubscription | undefined>;
  /** Keeps the subscription in place of an earlier one to the same resource. */
  saveSubscription(subscription: KnownSubscription): Promise<void>;
  forgetSubscription(key: CursorKey): Promise<void>;
  countNotices(fate: NoticeFate, count: number, at: number): Promise<void>;
  noticeCounts(): Promise<readonly { readonly fate: NoticeFate; readonly count: number; readonly lastAt: number }[]>;
};

export type CursorRows = {
  cursors(): Promise<readonly DeltaCursor[]>;
  /** Asks for a look, from the beginning of the stream where there was none. */
  want(key: CursorKey): Promise<void>;
  /** The cursor, for `holder` alone until `leaseUntil`; undefined while another has it. */
  claim(key: CursorKey, holder: string, now: number, leaseUntil: number): Promise<DeltaCursor | undefined>;
  /** Moves the cursor on and the lease with it; false where it is the holder's no more, or has moved meanwhile. */
  advance(
    from: CursorKey & Pick<DeltaCursor, 'link' | 'round'> & { readonly holder: string },
    to: CursorStep,
    leaseUntil: number,
  ): Promise<boolean>;
  /** Ends a look that began when `wanted` was counted, and gives the cursor back; false where somebody has asked again since, or it is the holder's no more. */
  finish(key: CursorKey & Pick<DeltaCursor, 'wanted'>, holder: string, endedAt: number): Promise<boolean>;
  /** Gives the cursor back with nothing done. */
  letGo(key: CursorKey, holder: string): Promise<void>;
};

export type SeenRows = {
  seenUsers(target: TargetId, ids: readonly string[]): Promise<readonly SeenUser[]>;
  seenMembers(target: TargetId, groups: readonly string[], members: readonly string[]): Promise<readonly SeenMember[]>;
  saveUsers(target: TargetId, users: readonly SeenUser[], round: number): Promise<void>;
  saveMembers(target: TargetId, members: readonly SeenMember[], round: number): Promise<void>;
  /** Users not yet deleted, and memberships, that were last seen in an earlier round. */
  missedUsers(target: TargetId, round: number, limit: number): Promise<readonly SeenUser[]>;
  missedMembers(target: TargetId, round: number, limit: number): Promise<readonly SeenMember[]>;
  /** Everybody who was seen in the group. */
  membersSeen(target: TargetId, group: string): Promise<readonly SeenMember[]>;
};

export type ForeignChangeRows = {
  keepForeign(changes: readonly ForeignChange[]): Promise<void>;
  /** Changes that somebody has still to look after, oldest first. */
  reopenings(limit: number): Promise<readonly ForeignChange[]>;
  settleReopening(id: string, at: number): Promise<void>;
  foreignCounts(): Promise<readonly { readonly kind: ForeignChangeKind; readonly count: number }[]>;
  /** Links that count, of these accounts of a target. */
  ownersOf(target: TargetId, accounts: readonly string[]): Promise<readonly AccountLink[]>;
  /** Links, in whichever target, whose account carries one of the anchors. */
  withAnchor(anchors: readonly string[]): Promise<readonly AccountLink[]>;
  /** Changes of ours to these people's accounts and memberships that were sent or found to be so, oldest first. */
  ownChanges(people: readonly PersonId[]): Promise<readonly OwnChange[]>;
  /** Changes of ours that make an account in the target and have been sent, and whose link is not recorded yet. */
  creating(target: TargetId): Promise<readonly OwnChange[]>;
};
