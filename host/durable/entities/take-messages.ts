import type { EntityMessage, RequestMessage } from './entity-message.ts';

/** A message in the queue of an entity; `seq` is its row. */
export type QueuedMessage = { readonly seq: number; readonly message: EntityMessage };

/** What an entity does next. */
export type TakenMessages = {
  /** The messages that are dealt with; the others wait on. */
  readonly seqs: readonly number[];
  readonly operations: readonly RequestMessage[];
  /** Granted after the operations. */
  readonly lockRequest: RequestMessage | undefined;
  /** Who holds the lock while the operations run. */
  readonly lockedBy: string | null;
};

/**
 * Takes from the queue of an entity what may run now, in order: while it is locked only what its holder sends;
 * otherwise everything up to the next lock request (extension, `DurableTaskExtension.EntityMiddleware`).
 */
export function takeMessages(queue: readonly QueuedMessage[], holder: string | null, limit: number): TakenMessages {
  const seqs: number[] = [];
  const operations: RequestMessage[] = [];
  const waiting: { readonly seq: number; readonly request: RequestMessage }[] = [];
  let lockedBy = holder;
  for (const { seq, message } of queue) {
    if (message.is === 'release') {
      seqs.push(seq);
      if (lockedBy === message.body.parent) lockedBy = null;
    } else if (lockedBy !== null && message.body.parent === lockedBy && !message.body.lockset && operations.length < limit) {
      seqs.push(seq);
      operations.push(message.body);
    } else waiting.push({ seq, request: message.body });
  }
  if (lockedBy !== null) return { seqs, operations, lockRequest: undefined, lockedBy };
  for (const { seq, request } of waiting) {
    if (operations.length >= limit) break;
    seqs.push(seq);
    if (request.lockset) return { seqs, operations, lockRequest: request, lockedBy };
    operations.push(request);
  }
  return { seqs, operations, lockRequest: undefined, lockedBy };
}
