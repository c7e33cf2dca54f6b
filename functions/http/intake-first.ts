import type { EventAnswer } from '../../shared/operations/intake/take-events.ts';
import type { Product } from '../compose/compose.ts';

/** Does the work ahead of others: somebody waits for the answer, and nobody for what else goes on. */
export async function ahead<Result>({ intakeFirst }: Product, work: () => Promise<Result>): Promise<Result> {
  const leave = intakeFirst.enter();
  try {
    return await work();
  } finally {
    leave();
  }
}

/** Tries for half a second to hand on what was accepted. */
export async function offer({ prompt }: Product, events: readonly EventAnswer[]): Promise<void> {
  await prompt.offer(events.flatMap((event) => (event.status === 'accepted' && event.inboxId !== undefined ? [event.inboxId] : [])));
}
