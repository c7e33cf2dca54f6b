import type { Condition } from '../domain/conditions/condition.ts';

/**
 * What sets a workflow off: what a change of a person's record is classified as, or what follows from a run. `leaver` is due when access ends; `contained` follows when a
 * run of the lane `contain` has ended, `stripped` when one that `contained` set off has. `access-ends` is due when a grace that a move has left is over, `manager-left` and
 * `manager-appeared` when that happens to somebody's manager, `held` and `approval-needed` when something waits for an operator or for two approvers. `on-demand` is only ever asked for.
 */
export const triggerEvents = [
  'joiner',
  'mover',
  'renamed',
  'leaver',
  'contained',
  'stripped',
  'withdrawn',
  'rescinded',
  'rehire',
  'conversion',
  'leave',
  'return',
  'correction',
  'access-ends',
  'manager-appeared',
  'manager-left',
  'held',
  'approval-needed',
  'on-demand',
] as const;
export type TriggerEvent = (typeof triggerEvents)[number];

/** A date of the worker's record that a wait can be for. */
export type WaitDate = 'hireDate' | 'lastDay' | 'leave.from' | 'leave.to';

/** Until when: the start or the end of a date in the person's time zone, `offsetDays` calendar days later (negative: earlier). */
export type WaitUntil = { readonly date: WaitDate; readonly at: 'startOfDay' | 'endOfDay'; readonly offsetDays?: number | undefined };

export type Wait =
  | { readonly until: WaitUntil }
  /** Something that is told from outside. */
  | { readonly event: string }
  /** A decision by so many people with the role `approver`. */
  | { readonly approval: { readonly by: number; readonly message: string } };

/** What every step may have: an id that is unique in its definition, and a condition without which it is skipped. */
type StepHead = { readonly id: string; readonly when?: Condition | undefined };

/** A step that sees to something through a task of the catalog. `stop`, the default, ends the run when it fails. */
export type TaskStep = StepHead & {
  readonly task: string;
  readonly with?: Readonly<Record<string, unknown>> | undefined;
  readonly onFailure?: 'stop' | 'continue' | undefined;
};
export type WaitStep = StepHead & { readonly wait: Wait };
/** Steps that do not depend on each other. */
export type ParallelStep = StepHead & { readonly parallel: readonly Step[] };
export type Step = TaskStep | WaitStep | ParallelStep;

/**
 * A workflow as data, exactly as it was written and checked: it can be stored as JSON, hashed, and read back by the same schema.
 * `observe` starts no runs, `plan` shows what they would do, `enforce` carries them out.
 */
export type WorkflowDefinition = {
  readonly id: string;
  /** One sentence for people. */
  readonly description: string;
  readonly mode: 'observe' | 'plan' | 'enforce';
  readonly trigger: {
    readonly event: TriggerEvent;
    /** Calendar days before the day that the event is about: the hire date, or the last day. */
    readonly startDaysBefore?: number | undefined;
    /** Calendar days after the event. */
    readonly startDaysAfter?: number | undefined;
  };
  /** `contain` goes ahead of everything else, and beside it. */
  readonly lane?: 'contain' | 'work' | undefined;
  /** Whom it is for; without it, everyone. */
  readonly scope?: Condition | undefined;
  readonly steps: readonly Step[];
};
