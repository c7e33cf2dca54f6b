import type { TimerHandler } from '@azure/functions';
import { relayOutbox } from '../../shared/operations/relay-outbox.ts';
import { startRuns } from '../../shared/operations/start-runs.ts';
import { takeBaseline } from '../../shared/operations/take-baseline.ts';
import type { Product } from '../compose/compose.ts';
import { durableStarter } from '../durable-starter.ts';

const leftoverMs = 2000;

/** Hands on what was kept and not handed on at once. */
export function relayLeftovers(product: Product): TimerHandler {
  return async () => {
    await relayOutbox(product.relay, leftoverMs);
  };
}

/** Starts runs that have become due. */
export function startDueRuns(product: Product): TimerHandler {
  return async (_, context) => {
    await startRuns(product.operations, durableStarter(context));
  };
}

/** Looks at each source and at the targets for the first time. */
export function lookForTheFirstTime(product: Product): TimerHandler {
  return async () => {
    for (const source of product.sources) await takeBaseline(product.operations, source);
  };
}
