import type { AccountLink, HoldingReason, ReservedName } from '../../domain/subject.ts';
import type { PersonId, TargetId } from '../../domain/ids.ts';

/** Joins of people and accounts. */
export type LinkStore = {
  of(person: PersonId): Promise<readonly AccountLink[]>;
  ownerOf(target: TargetId, nativeId: string): Promise<PersonId | undefined>;
  /** Records the link; false when the account belongs to another person. Recording it again is nothing new. */
  record(link: AccountLink): Promise<boolean>;
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
  readonly reasons: readonly HoldingReason[];
};

/** Entitlements that people have, with every reason for each. */
export type HoldingStore = {
  of(person: PersonId): Promise<readonly Holding[]>;
  /** Adds the reason to the holding, making the holding where it is new. */
  add(person: PersonId, holding: Omit<Holding, 'reasons'>, reason: HoldingReason, at: number): Promise<void>;
};
