import type { HistoryEvent } from './history-event.ts';

/** States of an instance (`OrchestrationRuntimeStatus`); the last three are final. */
export type RuntimeStatus = 'Pending' | 'Running' | 'Suspended' | 'Completed' | 'Failed' | 'Terminated';

/** A state that an instance does not leave again. */
export type FinalStatus = 'Completed' | 'Failed' | 'Terminated';

/** The orchestration that waits for a sub-orchestration, and its task. */
export type Parent = { readonly key: number; readonly id: string; readonly executionId: string; readonly taskId: number };

/** An instance as it is stored. Inputs, outputs and the custom status are JSON texts; times are milliseconds since 1970. */
export type InstanceRow = {
  readonly key: number;
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly executionId: string;
  readonly status: RuntimeStatus;
  readonly input: string | null;
  readonly output: string | null;
  readonly customStatus: string | null;
  readonly parent: Parent | null;
  readonly createdAt: number;
  readonly updatedAt: number;
};

/** An event that waits to be delivered; `seq` is its row once it has one. */
export type InboxEntry = { readonly event: HistoryEvent; seq: number | undefined; isDiscarded: boolean };

/** A history in memory: the events, and each one's JSON text without its closing brace, to which `IsPlayed` is added. */
export type CachedHistory = { readonly events: HistoryEvent[]; readonly texts: string[] };

/** An instance that has not ended, as the engine holds it in memory. */
export type LiveInstance = {
  readonly key: number;
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly parent: Parent | null;
  readonly createdAt: number;
  executionId: string;
  status: RuntimeStatus;
  input: string | null;
  customStatus: string | null;
  inbox: InboxEntry[];
  /** Number of the next piece of history. */
  episode: number;
  history: CachedHistory | undefined;
  /** Timers of this instance may be stored. */
  hasTimers: boolean;
  /** It stands in the queue of episodes, or its episode runs. */
  isBusy: boolean;
  /** It was replaced or ended while its episode ran; the result of that episode is void. */
  isGone: boolean;
};
