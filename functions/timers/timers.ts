import type { TimerHandler } from '@azure/functions';
import { followAll } from '../../shared/operations/graph-notices/follow-all.ts';
import { readSource } from '../../shared/operations/read-source.ts';
import { reconsiderPeople } from '../../shared/operations/standing/reconsider-people.ts';
import { relayOutbox } from '../../shared/operations/relay-outbox.ts';
import { recoverRuns, startRuns } from '../../shared/operations/start-runs.ts';
import { takeBaseline } from '../../shared/operations/take-baseline.ts';
import type { Product } from '../compose/compose.ts';
import { durableStarter } from '../durable-starter.ts';

const leftoverMs = 2000;
/** Longer than the queue keeps trying, and than its window for duplicates. */
const givenUpAfterMs = 15 * 60_000;

/** Hands on what was kept and not handed on at once, and again what the queue has given up. */
export function relayLeftovers(product: Product): TimerHandler {
  return async () => {
    const { clock, registry } = product.relay;
    const now = clock.now();
    await registry.stores.outbox.revive(now - givenUpAfterMs, now);
    await relayOutbox(product.relay, leftoverMs);
  };
}

/** Looks again at people for whom something has changed by the passing of time, and starts runs that have become due, and those that nobody works on any more. */
export function startDueRuns(product: Product): TimerHandler {
  return async (_, context) => {
    const starter = durableStarter(context);
    await reconsiderPeople(product.operations);
    await recoverRuns(product.operations, starter);
    await startRuns(product.operations, starter);
  };
}

/** Reads again how far everything may go: somebody may have agreed to more, in another process. */
export function refreshModes(product: Product): TimerHandler {
  return () => product.modes.refresh();
}

/** Reads each source as a whole, for what no event has told. */
export function readSources(product: Product): TimerHandler {
  return async () => {
    for (const source of product.sources) {
      const reading = await readSource(product.operations, product.intake.keeper, source);
      if (reading !== undefined) product.operations.log.info('A source was read as a whole.', { source, ...reading });
    }
  };
}

/** Looks at each source and at the targets for the first time. From then on changes by others are to be noticed, so that the tenants are read too. */
export function lookForTheFirstTime(product: Product): TimerHandler {
  return async () => {
    const { operations } = product;
    for (const source of product.sources)
      await takeBaseline(operations, source).catch((error: unknown) => {
        // One source that is away, or has a record that cannot be understood, keeps no other waiting.
        operations.log.warn('The first look at a source has not succeeded and is taken again.', { source, error });
      });
    if ((await product.operations.registry.stores.graphDoor.cursors()).length === 0) await followAll(product.graphNotices);
  };
}
