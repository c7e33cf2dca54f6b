import type { PersonId } from '../../domain/ids.ts';

/** A dry run that was shown: what would be done to whom, bound by a hash. `body` is its JSON text. */
export type StoredPlan = {
  readonly id: string;
  readonly hash: string;
  readonly workflow: string;
  readonly definitionHash: string;
  readonly people: readonly PersonId[];
  readonly body: string;
  readonly askedBy: string;
  readonly at: number;
};

export type PlanStore = {
  keep(plan: StoredPlan): Promise<void>;
  byId(id: string): Promise<StoredPlan | undefined>;
  /** The first line of the plan's body that begins with the text, read without the rest of it. */
  lineOf(id: string, beginning: string): Promise<string | undefined>;
};
