import { z } from 'zod';
import type { Change, Finding, Skip } from '../../domain/change.ts';
import type { PersonId } from '../../domain/ids.ts';
import type { Mode } from '../../domain/mode.ts';

/** What the gate would say to a change now: `would` go through, be `refused` or `held`, have to `wait`, or is `only-shown` because of a mode. */
export type Verdict = { readonly is: 'would' } | { readonly is: 'only-shown' | 'refused' | 'held' | 'waits'; readonly reason: string };

/** A change of a dry run. `isNew`: its object comes into being by this plan, so that what is there before was not observed. Its names are tentative then. */
export type PlannedChange = { readonly change: Change; readonly isNew: boolean; readonly verdict: Verdict };

/** What a step would do. `note` says what it waits for, what holds it, or why it is not for this person. */
export type PlannedStep = {
  readonly stepId: string;
  readonly task: string;
  readonly is: 'plans' | 'not-for-them' | 'waits' | 'held' | 'failed';
  readonly note: string | null;
  readonly findings: readonly Finding[];
  readonly changes: readonly PlannedChange[];
  readonly skips: readonly Skip[];
};

export type PlannedWorkflow = {
  readonly workflow: string;
  readonly definitionHash: string;
  readonly mode: Mode;
  /** Whether it is begun when the plan is carried out; the others follow by themselves. */
  readonly isStart: boolean;
  readonly steps: readonly PlannedStep[];
};

/** A person's part of a plan. `note` says why nothing would be begun for them. */
export type PersonPlan = {
  readonly personId: PersonId;
  readonly displayName: string;
  readonly note: string | null;
  readonly workflows: readonly PlannedWorkflow[];
};

const counted = z.object({ target: z.string(), effect: z.string(), changes: z.number(), people: z.number() });
const exceeded = z.object({ what: z.string(), people: z.number(), booked: z.number(), limit: z.number() });
const head = z.object({
  workflow: z.string(),
  people: z.number(),
  peopleWithChanges: z.number(),
  summary: z.array(counted).readonly(),
  brakes: z.array(exceeded).readonly(),
  later: z.array(z.string()).readonly(),
});
/** What is said of a plan as a whole: how much of which effect in which target, which brakes would hold it, and what follows days later. */
export type PlanHead = z.infer<typeof head>;

const newline = '\n';

/** The text of a plan: its head, then each person's part on a line of its own, so that one part can be read without the others. */
export function planText(about: PlanHead, lines: readonly string[]): string {
  return [JSON.stringify(about), ...lines].join(newline);
}

/** The beginning of a person's line, by which it is found. */
export function lineMark(personId: PersonId): string {
  return `{"personId":${JSON.stringify(personId)},`;
}

export function personLine({ personId, ...rest }: PersonPlan): string {
  return JSON.stringify({ personId, ...rest });
}

/** A person's part, as `personLine` wrote it. */
export function readPerson(line: string): PersonPlan {
  // Written by `personLine` alone, and kept in the registry.
  return JSON.parse(line) as PersonPlan;
}

/** A plan's head, and the lines of its people. */
export function readPlan(body: string): { readonly head: PlanHead; readonly lines: readonly string[] } {
  const [first = '', ...lines] = body.split(newline);
  return { head: head.parse(JSON.parse(first)), lines };
}
