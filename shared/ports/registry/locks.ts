import type { PersonId } from '../../domain/ids.ts';

/** Who may lift a containment lock: HR by what it says of the person, the others by two people's decision. */
export type LockOwner = 'hr' | 'operator' | 'security';

/** While a person has a lock, nothing enables, grants or creates anything for them. One for each owner at most. */
export type Lock = {
  readonly personId: PersonId;
  readonly owner: LockOwner;
  readonly reason: string;
  readonly placedBy: string;
  readonly since: number;
};

export type LockStore = {
  of(person: PersonId): Promise<readonly Lock[]>;
  /** Places it; one of the same owner that is there stays as it is. */
  place(lock: Lock): Promise<void>;
  /** Lifts the owner's locks on these people. Answers whose it lifted. */
  lift(people: readonly PersonId[], owner: LockOwner, by: string, at: number): Promise<readonly PersonId[]>;
};
