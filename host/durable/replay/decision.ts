import type { HistoryEvent } from '../history-event.ts';

/** What an orchestrator decided, numbered as the library numbers its tasks: the id is the position among all decisions of the execution. */
export type Decision =
  | { readonly is: 'activity'; readonly id: number; readonly name: string; readonly input: string | null }
  | { readonly is: 'timer'; readonly id: number; readonly fireAt: number }
  | {
      readonly is: 'sub';
      readonly id: number;
      readonly name: string;
      readonly instanceId: string;
      readonly version: string | null;
      readonly input: string | null;
    }
  /** A message to an entity: `name` is `op` or `release`, `input` the message as JSON. */
  | { readonly is: 'send'; readonly id: number; readonly name: string; readonly instanceId: string; readonly input: string };

/** The outcome of replaying a history against all actions of the orchestrator. */
export type Replayed = {
  /** Decisions that the history does not hold yet, by ascending id. */
  readonly fresh: readonly Decision[];
  /** Ids of timers that the orchestrator has cancelled and that need not fire any more. */
  readonly cancelledTimers: readonly number[];
  /** All actions have ended and no task is open. */
  readonly isSettled: boolean;
  /** The input of the next execution, where the orchestrator asked for one; JSON. */
  readonly continueWith: string | undefined;
  /** Events that came after the orchestrator had asked for its next execution: they belong to that one. */
  readonly carriedOver: readonly HistoryEvent[];
};

/** The code of the orchestrator no longer makes the decisions that its history holds. */
export class NonDeterministic extends Error {
  override readonly name = 'NonDeterministic';
}
