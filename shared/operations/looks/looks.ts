import type { DeadLetterDeps } from '../dead-letters/dead-letter-deps.ts';
import { type DeadLetterView, listDeadLetters } from '../dead-letters/list-dead-letters.ts';
import { type DeadLetterOrder, settleDeadLetters } from '../dead-letters/settle-dead-letters.ts';
import type { OperationDeps } from '../deps.ts';
import { erasePerson, type PersonErased, type PersonErasure, type PurgeHistories } from '../erasure/erase-person.ts';
import { type AccountView, accountViews } from '../account-views.ts';
import { makePlan, type PlanDemand } from '../on-demand/make-plan.ts';
import { type MayUndo, refuseProtected } from '../on-demand/refuse-protected.ts';
import { subjectOf } from '../subject-of.ts';

/** What callers of the API ask for that takes eyes on the targets, or rights that only the app has that carries out. */
export type Looks = {
  /** Makes a plan and keeps it. Answers its id. */
  plan(demand: PlanDemand): Promise<string>;
  /** The person's accounts, expected against actual. */
  accounts(personId: string): Promise<readonly AccountView[]>;
  /** Throws `forbidden` where nothing of the person's may be taken back by a machine. */
  readonly mayUndo: MayUndo;
  /** Erases all personal data of somebody who has left. */
  erase(erasure: PersonErasure): Promise<PersonErased>;
  /** What the queues have put aside. */
  deadLetters(mostOfEach: number): Promise<readonly DeadLetterView[]>;
  /** Hands dead letters on again, or throws them away. */
  settleDeadLetters(order: DeadLetterOrder): Promise<number>;
};

/** What looks take besides. */
export type LookParts = { readonly purge: PurgeHistories; readonly deadLetters: DeadLetterDeps };

/** The looks of a process that has the targets itself. */
export function ownLooks(deps: OperationDeps, { purge, deadLetters }: LookParts): Looks {
  return {
    plan: async (demand) => (await makePlan(deps, demand)).id,
    accounts: async (personId) => accountViews(deps, await subjectOf(deps.registry, personId, deps)),
    mayUndo: (personId) => refuseProtected(deps, personId),
    erase: (erasure) => erasePerson(deps, erasure, purge),
    deadLetters: (mostOfEach) => listDeadLetters(deadLetters, mostOfEach),
    settleDeadLetters: (order) => settleDeadLetters(deadLetters, order),
  };
}
