import type { EventAnswer } from '../../shared/operations/intake/take-events.ts';

/** The HTTP status of a batch, which is that of its best event; each event carries its own answer. */
export function batchStatus(events: readonly EventAnswer[]): number {
  const has = (status: EventAnswer['status']) => events.some((event) => event.status === status);
  if (has('accepted')) return 202;
  if (has('duplicate')) return 200;
  return has('conflict') ? 409 : 400;
}
