import type { DeadLetter, DeadLetterFate } from '../../ports/dead-letters.ts';
import type { AuditRow } from '../../ports/registry/records.ts';
import { GatehouseError } from '../../errors.ts';
import type { DeadLetterDeps } from './dead-letter-deps.ts';

/** Which dead letters: one by its queue and number, or all. Who decides, and why. */
export type DeadLetterOrder = {
  readonly which: 'all' | { readonly queue: string; readonly sequence: string };
  readonly fate: DeadLetterFate;
  readonly actor: string;
  readonly reason: string;
};

const mostOfEach = 500;
const giveUpMs = 120_000;

/**
 * Hands dead letters to their queues again, or throws them away; answers how many there were. The audit has a row for each before anything is done with it. Twice does no harm: what is gone is gone, and
 * an event that is handed over twice is folded once. What cannot be worked on comes back here. Throws `not-found` where the one that is named is not there.
 */
export async function settleDeadLetters(deps: DeadLetterDeps, { which, fate, actor, reason }: DeadLetterOrder): Promise<number> {
  const signal = AbortSignal.timeout(giveUpMs);
  const all = await deps.deadLetters.list(mostOfEach, signal);
  const wanted = which === 'all' ? all : all.filter(({ queue, sequence }) => queue === which.queue && sequence === which.sequence);
  if (which !== 'all' && wanted.length === 0)
    throw new GatehouseError('not-found', `There is no dead letter ${which.sequence} in ${which.queue}: list them again.`);
  const at = deps.clock.now();
  await deps.registry.transaction(({ audit }) => audit.append(wanted.map((letter) => rowOf(letter, { fate, actor, reason, at }))));
  let settled = 0;
  for (const [queue, letters] of Map.groupBy(wanted, (letter) => letter.queue)) {
    const sequences = new Set(letters.map(({ sequence }) => sequence));
    settled += (await deps.deadLetters.settle(queue, sequences, fate, signal)).length;
  }
  return settled;
}

function rowOf({ queue, sequence, messageId }: DeadLetter, order: Omit<DeadLetterOrder, 'which'> & { readonly at: number }): AuditRow {
  const { fate, actor, reason, at } = order;
  const detail = { queue, sequence, messageId, why: reason };
  return {
    at,
    actor,
    action: fate === 'replay' ? 'dead-letter.replayed' : 'dead-letter.discarded',
    personId: null,
    runId: null,
    target: null,
    detail,
  };
}
