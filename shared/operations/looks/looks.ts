import type { OperationDeps } from '../deps.ts';
import { type AccountView, accountViews } from '../account-views.ts';
import { makePlan, type PlanDemand } from '../on-demand/make-plan.ts';
import { type MayUndo, refuseProtected } from '../on-demand/refuse-protected.ts';
import { subjectOf } from '../subject-of.ts';

/** What callers of the API are shown that takes eyes on the targets. */
export type Looks = {
  /** Makes a plan and keeps it. Answers its id. */
  plan(demand: PlanDemand): Promise<string>;
  /** The person's accounts, expected against actual. */
  accounts(personId: string): Promise<readonly AccountView[]>;
  /** Throws `forbidden` where nothing of the person's may be taken back by a machine. */
  readonly mayUndo: MayUndo;
};

/** The looks of a process that has the targets itself. */
export function ownLooks(deps: OperationDeps): Looks {
  return {
    plan: async (demand) => (await makePlan(deps, demand)).id,
    accounts: async (personId) => accountViews(deps, await subjectOf(deps.registry, personId, deps)),
    mayUndo: (personId) => refuseProtected(deps, personId),
  };
}
