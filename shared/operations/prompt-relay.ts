import { markSent, type RelayDeps, sendRows } from './relay-outbox.ts';

/** Hands over what has just come in, many at a time: events that arrive within a few milliseconds share one transfer. */
export type PromptRelay = {
  /** Resolves when the events are handed over, or soon after; the transfer is tried for half a second, and what is late is left to the timer. Never throws. */
  offer(inboxIds: readonly string[]): Promise<void>;
};

const patienceMs = 500;
/** How long the sender of an event waits for the transfer: the event is kept already, so that a slow queue need not slow the answer. */
const answerMs = 60;

/** One transfer at a time: what comes in while one is under way goes with the next, so that a burst costs few transfers. */
export function promptRelay(deps: RelayDeps): PromptRelay {
  let waiting: string[] = [];
  let underWay: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  const transfer = async (after: Promise<void>): Promise<void> => {
    await after;
    const inboxIds = waiting;
    waiting = [];
    next = undefined;
    underWay = handOverAll(deps, inboxIds);
    await underWay;
  };
  return {
    async offer(inboxIds) {
      if (inboxIds.length === 0) return;
      waiting.push(...inboxIds);
      next ??= transfer(underWay);
      await Promise.race([next, delay(answerMs)]);
    },
  };
}

/** Never throws: what cannot be handed over now is left to the timer. */
async function handOverAll(deps: RelayDeps, inboxIds: readonly string[]): Promise<void> {
  try {
    const rows = await deps.registry.ingest.outbox.byInbox(inboxIds);
    await sendRows(deps, rows, AbortSignal.timeout(patienceMs));
    // Nobody waits for this: a row that is sent twice is folded once.
    void markSent(deps, rows).catch(() => undefined);
  } catch {
    // The rows stand in the outbox as not sent.
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
