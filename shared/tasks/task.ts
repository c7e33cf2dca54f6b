import type { z } from 'zod';
import type { Attributes, Change, Claim, NameClaim, Plan } from '../domain/change.ts';
import type { PersonId, TargetId } from '../domain/ids.ts';
import type { AccountLink, HoldingReason, Subject } from '../domain/subject.ts';
import { GatehouseError } from '../errors.ts';
import type { ReadableTarget } from '../ports/readers/readable-target.ts';
import type { Readers } from '../ports/readers/readers.ts';

/** A name that an account needs, and the values to try for it in order. */
export type WantedName = {
  readonly scope: string;
  /** The attribute under which the target is asked who bears the name. */
  readonly attribute: string;
  /** Targets in which nobody else may bear it. */
  readonly checkedIn: readonly TargetId[];
  readonly candidates: () => Iterable<{ readonly value: string; readonly folded: string }>;
};

/** What configuration makes of a person in one target. */
export type AccountBlueprint = {
  readonly names: readonly WantedName[];
  /** The attributes by which an account that is there already is known to be the person's, the first that hits; absent where it is the employee id. */
  readonly match?: readonly string[];
  /** Attributes by the target's mapping, once the names are chosen. `always` are kept so, `create` are set once. */
  attributes(names: readonly NameClaim[]): { readonly always: Attributes; readonly create: Attributes };
};

/** An entitlement that the access rules give to the person, with the rules that do. */
export type DueEntitlement = {
  readonly id: string;
  readonly name: string;
  readonly kind: 'group' | 'licence';
  readonly object: string;
  readonly rules: readonly string[];
};

/** Where mails go out, and the addresses that are no person's own. */
export type MailSettings = {
  readonly target: TargetId;
  readonly helpDesk: string;
  readonly operators: readonly string[];
  readonly approvers: readonly string[];
};

/** An entitlement that the person has, with every reason for it. */
export type Held = {
  readonly target: TargetId;
  readonly object: string;
  readonly kind: 'group' | 'licence';
  /** `until` says when a reason ends; null for one that goes on. */
  readonly reasons: readonly (HoldingReason & { readonly until: number | null })[];
};

/** A change of ours that came off: `before` is what was seen right before it was written, `at` when it was seen to be so, `trigger` what its run was for. */
export type PastChange = {
  readonly change: Change;
  readonly changeId: string;
  readonly object: string;
  readonly before: Attributes | null;
  readonly at: number;
  readonly runId: string;
  readonly trigger: string;
};

/** The run that a step is part of, as far as a task may know it. */
export type OwnRun = {
  readonly id: string;
  readonly trigger: string;
  readonly epoch: number;
  readonly createdAt: number;
  /** Null before it has begun, as in a plan. */
  readonly startedAt: number | null;
};

/** What a planner may look at. It holds no way to write. */
export type Sight = {
  readonly now: number;
  readonly signal: AbortSignal;
  target(id: TargetId): ReadableTarget;
  blueprint(id: TargetId): AccountBlueprint;
  entitlements(id: TargetId): readonly DueEntitlement[];
  /** Whether the access rules decide about the group or licence: what no rule names is given by people. */
  isGoverned(id: TargetId, object: string): boolean;
  ownerOf(target: TargetId, nativeId: string): Promise<PersonId | undefined>;
  holderOf(scope: string, folded: string): Promise<PersonId | undefined>;
  /** The names among an account's attributes that its target's mapping reserves. */
  namesBorne(target: TargetId, attributes: Attributes): readonly NameClaim[];
  /** The first instant of the hire date in the person's time zone, in milliseconds since the epoch. */
  readonly hireMoment: number;
  /** The mail target, whom to write to where there is no manager, and who is told of what waits for a decision. */
  readonly mail: MailSettings;
  /** Where the manager reads mail; undefined where there is no manager with an address. */
  managerAddress(): Promise<string | undefined>;
  /** Where the manager reads mail whom an account named before this run wrote another. */
  formerManagerAddress(): Promise<string | undefined>;
  /** The person's own new address. */
  ownAddress(): string | undefined;
  /** Null where a plan is only shown. */
  readonly run: OwnRun | null;
  holdings(): Promise<readonly Held[]>;
  /** The person's accounts that were, newest first. */
  endedLinks(): Promise<readonly AccountLink[]>;
  /** What came off for the person, over all runs, newest first. */
  pastChanges(): Promise<readonly PastChange[]>;
  /** Until when a worker of an older run may still write to one of the person's objects; null where none can. */
  olderLease(): Promise<number | null>;
};

/** A kind of step: from what is desired and what is seen, it plans changes. It never writes. */
export type Task<Input> = {
  readonly id: string;
  /** One sentence for people: what a step of this kind sees to. */
  readonly does: string;
  readonly input: z.ZodType<Input>;
  plan(input: Input, subject: Subject, sight: Sight): Promise<Plan>;
  /** Looks again once the changes have settled, and says what may be claimed of the person's access. */
  claim?(input: Input, subject: Subject, sight: Sight): Promise<Claim>;
};

/** The capability of a target; throws `config-invalid` in words where its connector does not have it. */
export function need<Name extends keyof Readers>(sight: Sight, target: TargetId, name: Name): Readers[Name] {
  const reader = sight.target(target).reads[name];
  if (reader === undefined)
    throw new GatehouseError('config-invalid', `The target ${target} has no ${name}: a step of this kind cannot use it.`);
  return reader;
}
