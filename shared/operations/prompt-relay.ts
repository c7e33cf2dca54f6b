import { handOver, type RelayDeps } from './relay-outbox.ts';

/** Hands over what has just come in, many at a time: events that arrive within a few milliseconds share one transfer. */
export type PromptRelay = {
  /** Resolves when the events are handed over, or after half a second: what is late is left to the timer. Never throws. */
  offer(inboxIds: readonly string[]): Promise<void>;
};

const gatherMs = 10;
const patienceMs = 500;

export function promptRelay(deps: RelayDeps): PromptRelay {
  let waiting: string[] = [];
  let transfer: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    await delay(gatherMs);
    const inboxIds = waiting;
    waiting = [];
    transfer = undefined;
    const rows = await deps.registry.stores.outbox.byInbox(inboxIds);
    await handOver(deps, rows, AbortSignal.timeout(patienceMs));
  };
  return {
    async offer(inboxIds) {
      waiting.push(...inboxIds);
      transfer ??= run();
      const quiet = transfer.catch(() => undefined);
      await Promise.race([quiet, delay(patienceMs)]);
    },
  };
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
