import type { AccountLink, HoldingReason, ReservedName } from '../../domain/subject.ts';
import type { PersonId, TargetId } from '../../domain/ids.ts';

/** Joins of people and accounts. */
export type LinkStore = {
  of(person: PersonId): Promise<readonly AccountLink[]>;
  ownerOf(target: TargetId, nativeId: string): Promise<PersonId | undefined>;
  /** Records the link; false when the account belongs to another person. Recording it again is nothing new. */
  record(link: AccountLink): Promise<boolean>;
  /** The account is no more: the link is kept, but counts no longer. Recording the same account again brings it back. */
  end(target: TargetId, nativeId: string, at: number): Promise<void>;
  /** Links that counted once and no longer do, newest first. */
  endedOf(person: PersonId): Promise<readonly AccountLink[]>;
};

/** Names given out, never freed. */
export type NameStore = {
  of(person: PersonId): Promise<readonly ReservedName[]>;
  /** The person who holds the folded name in the scope. */
  holderOf(scope: string, folded: string): Promise<PersonId | undefined>;
  /** True when the name is the person's now; false when another has it. */
  reserve(person: PersonId, name: ReservedName): Promise<boolean>;
};

export type Holding = {
  readonly target: TargetId;
  readonly object: string;
  readonly kind: 'group' | 'licence';
  /** `until` says when a reason ends; an entitlement all of whose reasons have ended is to be taken away. */
  readonly reasons: readonly (HoldingReason & { readonly until: number | null })[];
};

/** Entitlements that people have, with every reason for each. */
export type HoldingStore = {
  of(person: PersonId): Promise<readonly Holding[]>;
  /** Adds the reason to each of the holdings, which differ, making those that are new. */
  add(person: PersonId, holdings: readonly Omit<Holding, 'reasons'>[], reason: HoldingReason, at: number): Promise<void>;
  /** The reason ends at `until`; with null it goes on without end again. */
  endReason(person: PersonId, holding: Pick<Holding, 'target' | 'object'>, reason: HoldingReason, until: number | null): Promise<void>;
  /** The entitlement was taken away, and its reasons with it; what was done stands in the audit. */
  remove(person: PersonId, holding: Pick<Holding, 'target' | 'object'>): Promise<void>;
};
