import { AsyncLocalStorage } from 'node:async_hooks';
import { activeTraceparent, traceIdOf } from './traceparent.ts';

/** What is being worked on, so that each line of the log can say it. */
export type WorkAtHand = {
  readonly function?: string | undefined;
  readonly invocationId?: string | undefined;
  readonly inboxId?: string | undefined;
  readonly runId?: string | undefined;
  readonly personId?: string | undefined;
  readonly stepId?: string | undefined;
};

const hand = new AsyncLocalStorage<{ work: WorkAtHand; readonly traceId: string | undefined }>();

/** Does something as part of a piece of work. `traceparent` is the trace it came with, for the log where no SDK is there to follow it. */
export function atWork<Result>(work: WorkAtHand, traceparent: string | undefined, task: () => Result): Result {
  return hand.run({ work, traceId: traceIdOf(traceparent) }, task);
}

/** Says more of the work at hand, once it is known. Outside of any work nothing is kept. */
export function noteWork(more: WorkAtHand): void {
  const at = hand.getStore();
  if (at !== undefined) at.work = { ...at.work, ...more };
}

/** What is at hand here, with the trace id. */
export function workAtHand(): WorkAtHand & { readonly traceId?: string } {
  const at = hand.getStore();
  const traceId = traceIdOf(activeTraceparent()) ?? at?.traceId;
  return { ...at?.work, ...(traceId === undefined ? {} : { traceId }) };
}
