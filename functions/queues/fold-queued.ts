import type { FunctionHandler, InvocationContext } from '@azure/functions';
import { z } from 'zod';
import { aheadOfOthers } from '../../shared/operations/ahead-of-others.ts';
import { foldEvent } from '../../shared/operations/fold-event.ts';
import { startRuns, startRunsOf } from '../../shared/operations/start-runs.ts';
import type { Product } from '../compose/compose.ts';
import { durableStarter } from '../durable-starter.ts';

const message = z.object({ inboxId: z.string() });

const firstPauseMs = 2000;
const longestPauseMs = 5 * 60_000;

/**
 * Folds the event that a queue message names, and starts what is due for its person, or for a whole batch. An event that cannot be folded now (its source is away, say) is
 * handed over again later, ever more slowly, for as long as it takes: the queue's own count of deliveries would give it up.
 */
export function foldQueued(product: Product): FunctionHandler {
  return async (raw, context) => {
    await Promise.all([product.intakeFirst.clear(), product.containFirst.clear()]);
    await fold(product, raw, context);
  };
}

/** The same for who ends or never begins: waits for nobody, and others wait for it. */
export function foldUrgent(product: Product): FunctionHandler {
  return async (raw, context) => {
    const leave = product.containFirst.enter();
    try {
      await fold({ ...product, operations: aheadOfOthers(product.operations) }, raw, context);
    } finally {
      leave();
    }
  };
}

async function fold(product: Product, raw: unknown, context: InvocationContext): Promise<void> {
  const { inboxId } = message.parse(raw);
  const folded = await foldEvent(product.operations, inboxId).catch((error: unknown) => postpone(product, inboxId, error));
  if (folded?.isLastOfBatch === true) await startRuns(product.operations, durableStarter(context));
  else if (folded?.personId != null) await startRunsOf(product.operations, durableStarter(context), folded.personId);
}

async function postpone({ operations }: Product, inboxId: string, error: unknown): Promise<undefined> {
  const { outbox } = operations.registry.stores;
  const attempts = await outbox.attemptsOf(inboxId);
  const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(attempts, 10));
  operations.log.warn('An event could not be folded and is taken up again later.', { inboxId, attempts, pauseMs, error });
  await outbox.sendAgain(inboxId, operations.clock.now() + pauseMs);
}
