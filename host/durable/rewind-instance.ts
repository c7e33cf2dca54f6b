import { EVENT, historyEvent } from './history-event.ts';
import type { HistoryEvent } from './history-event.ts';
import { completionEvent } from './completion-event.ts';
import type { InstanceRow } from './instance.ts';
import { rewindHistory } from './rewind-history.ts';
import type { TaskHub } from './task-hub.ts';

/**
 * Rewinds an instance that failed, and the sub-orchestrations whose failure it saw: all of them are pending again, run
 * on from before their failures, and keep their execution ids. Writes in the open batch.
 */
export function rewindInstance(hub: TaskHub, row: InstanceRow, reason: string | undefined): void {
  const { context, instances } = hub;
  context.batch.open();
  const late: HistoryEvent[] = [];
  const { events, voided } = rewindHistory(context.work.events(row.key), (created) => {
    const child = childOf(hub, row, created);
    if (!child) return false;
    if (child.status === 'Failed') rewindInstance(hub, child, reason);
    // It completed when nobody waited for it any more.
    if (child.status === 'Completed')
      late.push(completionEvent(created.EventId, { status: child.status, output: child.output }, context.now()));
    return child.status !== 'Terminated';
  });
  for (const decision of voided) endChild(hub, row, decision);
  const failed = historyEvent(EVENT.GenericEvent, row.updatedAt, { Reason: 'Rewound: ExecutionCompleted' });
  const live = instances.revive(row, [...events, failed]);
  const wake = historyEvent(EVENT.GenericEvent, context.now(), reason === undefined ? {} : { Data: reason });
  for (const event of [...late, wake]) instances.deliver(live, event);
}

/** The sub-orchestration that a decision made; `undefined` where there is none, or its id is somebody else's by now. */
function childOf(hub: TaskHub, { key, executionId }: InstanceRow, created: HistoryEvent): InstanceRow | undefined {
  const child = created.InstanceId === undefined ? undefined : hub.context.rows.find(created.InstanceId);
  const parent = child?.parent;
  return parent?.key === key && parent.executionId === executionId && parent.taskId === created.EventId ? child : undefined;
}

/** Ends a sub-orchestration that still runs although its parent has forgotten it: it is started anew under its id. */
function endChild(hub: TaskHub, row: InstanceRow, decision: HistoryEvent): void {
  const child = decision.EventType === EVENT.SubOrchestrationCreated ? childOf(hub, row, decision) : undefined;
  const live = child && hub.instances.find(child.id);
  if (live) hub.instances.finish(live, 'Terminated', JSON.stringify(`The parent ${row.id} was rewound.`));
}
