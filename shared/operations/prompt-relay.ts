import { handOver, type RelayDeps } from './relay-outbox.ts';

/** Hands over what has just come in, many at a time: events that arrive within a few milliseconds share one transfer. */
export type PromptRelay = {
  /** Resolves when the events are handed over, or after half a second: what is late is left to the timer. Never throws. */
  offer(inboxIds: readonly string[]): Promise<void>;
};

const gatherMs = 10;
const patienceMs = 500;

/** One transfer at a time: what comes in while one is under way goes with the next, so that a burst costs few transfers. */
export function promptRelay(deps: RelayDeps): PromptRelay {
  let waiting: string[] = [];
  let underWay: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  const transfer = async (after: Promise<void>): Promise<void> => {
    await Promise.all([after, delay(gatherMs)]);
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
      await Promise.race([next, delay(patienceMs)]);
    },
  };
}

/** Never throws: what cannot be handed over now is left to the timer. */
async function handOverAll(deps: RelayDeps, inboxIds: readonly string[]): Promise<void> {
  try {
    const rows = await deps.registry.stores.outbox.byInbox(inboxIds);
    await handOver(deps, rows, AbortSignal.timeout(patienceMs));
  } catch {
    // The rows stand in the outbox as not sent.
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
