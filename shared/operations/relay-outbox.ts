import type { Clock } from '../ports/clock.ts';
import type { Queue, QueueName } from '../ports/queue.ts';
import type { OutboxRow } from '../ports/registry/inbox.ts';
import type { Registry } from '../ports/registry/registry.ts';

export type RelayDeps = { readonly registry: Registry; readonly clock: Clock; readonly queue: Queue };

const batch = 500;
const giveUpMs = 30_000;

/** Hands to the queue what has not been handed over within `olderThanMs`, until nothing is left. Answers how many. Handing over twice is harmless. */
export async function relayOutbox(deps: RelayDeps, olderThanMs: number): Promise<number> {
  let relayed = 0;
  for (;;) {
    const rows = await deps.registry.stores.outbox.unsent(batch, deps.clock.now() - olderThanMs);
    if (rows.length === 0) return relayed;
    await handOver(deps, rows, AbortSignal.timeout(giveUpMs));
    relayed += rows.length;
  }
}

/** Sends the rows and marks them sent. */
export async function handOver(deps: RelayDeps, rows: readonly OutboxRow[], signal: AbortSignal): Promise<void> {
  const messages = rows.map((row) => ({
    queue: row.topic as QueueName,
    messageId: row.attempts === 0 ? row.id : `${row.id}.${row.attempts}`,
    ...(row.topic === 'lifecycle-events' ? { sessionId: row.sessionId } : {}),
    body: { inboxId: row.inboxId },
  }));
  await deps.queue.send(messages, signal);
  await deps.registry.stores.outbox.markSent(rows.map((row) => row.id), deps.clock.now());
}
