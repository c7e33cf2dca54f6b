import { EVENT } from './history-event.ts';
import type { HistoryEvent } from './history-event.ts';
import type { InboxEntry } from './instance.ts';

/** What an episode may process now, what stays in the inbox, and what it means for the instance. */
export type Taken = {
  readonly entries: readonly InboxEntry[];
  readonly kept: readonly InboxEntry[];
  readonly isSuspended: boolean;
  /** Something else than suspending and resuming has to be processed. */
  readonly hasWork: boolean;
  readonly termination: HistoryEvent | undefined;
};

/**
 * Takes events out of an inbox. A suspended instance keeps everything but its resumption and its termination, in
 * order (DurableTask.Core, `TaskOrchestrationContext.HandleExecutionSuspendedEvent`); a termination comes before all else.
 */
export function takeFresh(inbox: readonly InboxEntry[], wasSuspended: boolean): Taken {
  const termination = inbox.find((entry) => entry.event.EventType === EVENT.ExecutionTerminated);
  if (termination)
    return {
      entries: [termination],
      kept: inbox.filter((entry) => entry !== termination),
      isSuspended: false,
      hasWork: false,
      termination: termination.event,
    };
  const entries: InboxEntry[] = [];
  let kept: InboxEntry[] = [];
  let isSuspended = wasSuspended;
  let hasWork = false;
  for (const entry of inbox) {
    const isMarker = entry.event.EventType === EVENT.ExecutionSuspended || entry.event.EventType === EVENT.ExecutionResumed;
    if (isMarker) isSuspended = entry.event.EventType === EVENT.ExecutionSuspended;
    else if (!isSuspended) hasWork = true;
    if (isMarker || !isSuspended) entries.push(entry);
    else kept.push(entry);
    if (isMarker && !isSuspended) {
      entries.push(...kept);
      hasWork ||= kept.length > 0;
      kept = [];
    }
  }
  return { entries, kept, isSuspended, hasWork, termination: undefined };
}
