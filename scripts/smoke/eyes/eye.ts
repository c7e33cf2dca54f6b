/** What a target itself says of one account, by the names that its mapping uses. Read with plain calls: none of the product's connectors has a part in it. */
export type Sight = {
  readonly enabled: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Immutable ids of the groups that somebody put it into; none that a rule of the target fills. */
  readonly groups: readonly string[];
  readonly licences: readonly string[];
  /** Ways to sign in and credentials besides a password, by the target's own words. */
  readonly ways: readonly string[];
  /** When whatever was signed in was cut off, and when the password was set, where the target tells; milliseconds since the epoch. */
  readonly sessionsFrom: number | undefined;
  readonly passwordSetAt: number | undefined;
};

/** Looks into the targets of one kind. Throws, with what the target said, where it is not allowed to look. */
export type Eye = {
  /** The kind of targets that it sees, which is how their ids begin: `entra`. */
  readonly kind: string;
  /** Whose it is, to be compared with what the one who starts this names: the tenant, the domain, the directory's root. */
  whose(): Promise<string>;
  /** Accounts that bear the employee id. */
  find(workerId: string): Promise<readonly string[]>;
  /** One account by its immutable id; undefined where there is none. */
  look(id: string): Promise<Sight | undefined>;
};
