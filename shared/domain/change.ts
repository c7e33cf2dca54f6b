import type { Instant, PersonId, TargetId } from './ids.ts';
import type { Problem, Reason } from './problem.ts';

/** An object in a target: its immutable id there, or the account that an earlier step creates for the person in that target. */
export type Ref = { readonly id: string } | { readonly accountIn: TargetId };

/** A value of an attribute. A secret is made when it is applied, and only ever named here. */
export type Value = string | number | boolean | null | readonly string[] | Ref | { readonly secret: SecretKind };
export type SecretKind = 'initial-password';
export type Attributes = Readonly<Record<string, Value>>;

/** What a change does to somebody's access: what brakes count and protection looks at. */
export type Effect = 'contain' | 'enable' | 'grant' | 'revoke' | 'attribute' | 'create' | 'destroy' | 'credential' | 'notify';

/** What kind of object a change touches. */
export type ObjectKind =
  | 'account'
  | 'group'
  | 'licence'
  | 'app-role'
  | 'pass'
  | 'method'
  | 'credential'
  | 'sessions'
  | 'activation'
  | 'password'
  | 'device'
  | 'ownership'
  | 'sponsor'
  | 'team'
  | 'unit'
  | 'access-package'
  | 'mailbox'
  | 'mail'
  | 'contact';

/** Why a change is wanted: the rule, workflow step or person behind it, in words and as a stable reference such as `rule:platform-team@3`. */
export type Cause = { readonly reference: string; readonly message: string };

/** What every change names: where, for whom, what object, with which effect, and why. */
export type Aim = {
  readonly target: TargetId;
  readonly person: PersonId;
  readonly kind: ObjectKind;
  readonly object: Ref;
  readonly effect: Effect;
  readonly cause: Cause;
};

/** A new object. `names` are to be reserved in the registry before it is created; by `match` it is found if the answer is lost, where that is not its employee id. */
export type Create = Aim & {
  readonly as: 'reach';
  readonly do: 'create';
  readonly after: Attributes;
  readonly names: readonly NameClaim[];
  readonly match?: Attributes;
};
/** Attributes that are to have other values. `before` is what was observed when planning; `names` among them are to be reserved before they are written. */
export type Update = Aim & {
  readonly as: 'reach';
  readonly do: 'update';
  readonly before: Attributes;
  readonly after: Attributes;
  readonly names?: readonly NameClaim[];
};
export type Delete = Aim & { readonly as: 'reach'; readonly do: 'delete'; readonly before: Attributes };
/** A deleted account erased for good, before its target does so by itself. Nothing brings it back. */
export type Purge = Aim & { readonly as: 'reach'; readonly do: 'purge' };
/** A deleted account brought back under its old id, where its target still can. */
export type Restore = Aim & { readonly as: 'reach'; readonly do: 'restore' };
type Edge<Do, Of extends Relation> = Aim & { readonly as: 'reach'; readonly do: Do; readonly relation: Of; readonly other: Ref };
/** An edge from `object` (the account) to `other` (a group, a licence, a device that it may use, a group that it owns), never a whole set of them. */
export type Link = Edge<'link', Grantable> | Edge<'unlink', Relation>;
/** What an account can be given; the rest of the relations can only be taken away. */
export type Grantable =
  | 'member'
  | 'licence'
  | 'app-role'
  /** The device may be used by the account that registered it. */
  | 'device'
  /** The account owns the group. */
  | 'owner'
  | 'sponsor'
  | 'team'
  /** An administrative unit, by which administration is delegated. */
  | 'unit'
  | 'access-package';
export type Relation = Grantable | 'pass' | 'method' | 'credential';

/** A state to reach: observable, repeatable, undone from `before`. */
export type Reach = Create | Update | Delete | Restore | Purge | Link;

/**
 * Something to perform once per key: a mail, a pass, an invitation to set a first password, a revocation of sessions, a reset of the password to one that nobody knows. After a lost answer it is
 * looked for, never blindly repeated; `repeat` is for what does no harm twice.
 */
export type Act = Aim & {
  readonly as: 'act';
  readonly key: string;
  readonly do: 'issue' | 'send' | 'revoke' | 'reset' | 'invite';
  readonly input: Attributes;
  readonly ifLost: 'look' | 'replace' | 'repeat';
  /** For a pass: the mail that tells who may fetch it; sent inside the same step. */
  readonly deliver?: Act;
};

/** One effect on another system. Planned by tasks, applied by the gate alone. */
export type Change = Reach | Act;

/**
 * A name that must be unique: `scope` says among what, such as `upn` or `ad:contoso/sAMAccountName`; `folded` is the value without accents, in lower
 * case, which is what is compared.
 */
export type NameClaim = { readonly scope: string; readonly attribute: string; readonly value: string; readonly folded: string };

/** An existing account that a plan found to be the person's own; the gate decides whether to adopt it. `gone`: a linked account that is no more, whose link is to end. */
export type Finding = {
  readonly target: TargetId;
  readonly id: string;
  readonly how: 'adopted' | 'synced' | 'gone';
  readonly anchor: string | null;
  readonly cause: Cause;
  /** The names the account already bears, to be reserved for the person. */
  readonly names: readonly NameClaim[];
};

/** What a task wants done: links to record, changes in order, what is skipped and why, and whether it must look again later. */
export type Plan = {
  readonly findings: readonly Finding[];
  readonly changes: readonly Change[];
  readonly skips: readonly Skip[];
  /** Something that has to come about in another system first, with no change of ours: look again then. */
  readonly waiting?: { readonly lookAgainInMs: number; readonly reason: string };
  /** A person has to decide before anything is done. */
  readonly held?: Reason;
};

export type Skip = { readonly target: TargetId; readonly object: string; readonly reason: Reason };

/**
 * What may be said of access to one target after it was looked at again: `closed`, `provisional` where another system could still open it, `open` where it is not
 * shut. `remains` names what goes on for a while, or cannot be known.
 */
export type Claim = {
  readonly target: TargetId;
  readonly is: 'closed' | 'provisional' | 'open';
  readonly claims: string;
  readonly remains: readonly string[];
};

type Seen<Is> = { readonly is: Is; readonly object: string; readonly requestId?: string };
type NotMade<Is> = { readonly is: Is; readonly reason: Reason };
type Trouble<Is> = { readonly is: Is; readonly problem: Problem };

/** What came of a change, said only from what was seen in the target. */
export type Outcome =
  | Seen<'done'>
  | Seen<'already'>
  | NotMade<'skipped'>
  | NotMade<'refused'>
  | NotMade<'held'>
  | { readonly is: 'waiting'; readonly lookAgainAt: Instant; readonly reason: string }
  | Trouble<'failed'>
  | Trouble<'unknown'>;

/** A plan that wants nothing. */
export const emptyPlan: Plan = { findings: [], changes: [], skips: [] };
