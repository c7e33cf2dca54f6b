import type { ServiceBusReceivedMessage, ServiceBusReceiver, ServiceBusSessionReceiver } from '@azure/service-bus';
import { setTimeout as pause } from 'node:timers/promises';

/** The least time between two renewals: the clock of a namespace elsewhere may be behind, and its locks seem to have ended. Milliseconds. */
const LEAST_PAUSE_MS = 100;

/** A lock that can be made to last longer. */
export type Lock = {
  /** When it ends, milliseconds since 1970. */
  until(): number;
  renew(): Promise<unknown>;
};

/** How long locks are renewed, in milliseconds (`maxAutoLockRenewalDuration` of host.json), and the clock by which they end. */
export type Renewal = { readonly limitMs: number; readonly now: () => number };

/**
 * Runs work and renews locks meanwhile, each time when half of what is left of the first to end is over. The SDK's own renewal would go on after
 * the work has ended, until the message is settled: one that nobody settles is to come again when its lock has run out.
 */
export async function whileLocked(locks: readonly Lock[], renewal: Renewal, work: () => Promise<void>): Promise<void> {
  const done = new AbortController();
  const renewing = renewUntil(locks, renewal, done.signal);
  try {
    await work();
  } finally {
    done.abort();
    await renewing;
  }
}

/** The lock of a received message. */
export function messageLock(receiver: ServiceBusReceiver, message: ServiceBusReceivedMessage): Lock {
  return { until: () => timeOf(message.lockedUntilUtc), renew: () => receiver.renewMessageLock(message) };
}

/** The lock of a session. */
export function sessionLock(session: ServiceBusSessionReceiver): Lock {
  return { until: () => timeOf(session.sessionLockedUntilUtc), renew: () => session.renewSessionLock() };
}

async function renewUntil(locks: readonly Lock[], { limitMs, now }: Renewal, signal: AbortSignal): Promise<void> {
  const end = now() + limitMs;
  let held = locks;
  for (;;) {
    const first = Math.min(...held.map((lock) => lock.until()));
    if (first >= end) return;
    await pause(Math.max(LEAST_PAUSE_MS, (first - now()) / 2), undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted) return;
    held = await renewed(held);
  }
}

/** Renews locks and gives those that could be: one that could not is lost, and its message somebody else's. */
async function renewed(locks: readonly Lock[]): Promise<readonly Lock[]> {
  const results = await Promise.allSettled(locks.map((lock) => lock.renew()));
  return locks.filter((_, at) => results[at]?.status === 'fulfilled');
}

function timeOf(instant: Date | undefined): number {
  return instant?.getTime() ?? Number.POSITIVE_INFINITY;
}
