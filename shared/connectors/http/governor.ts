import { NotSent } from './not-sent.ts';
import { machinePace, type Pace } from './pace.ts';
import type { Priority } from './wire.ts';

/** A published limit as a token bucket: at most `burst` at once, refilled at `perSecond`. */
export type QuotaLimit = { readonly name: string; readonly burst: number; readonly perSecond: number };

/** What one call costs, by the name of the limit. A limit that is not named costs nothing. */
export type QuotaCost = Readonly<Record<string, number>>;

/** Spends one application's quota in one tenant, so that the target never has to say 429. */
export type Governor = {
  /** Resolves when the call may be sent. Throws `NotSent` with the time to wait when that is more than the governor holds a call. */
  admit(cost: QuotaCost, priority: Priority, signal: AbortSignal): Promise<void>;
  /** The target said 429: nothing more is sent for so long, and the rate is halved, then grows back over a minute. */
  throttled(retryAfterMs: number): void;
};

type Bucket = QuotaLimit & { tokens: number };
type Waiting = { readonly cost: QuotaCost; readonly priority: Priority; readonly start: () => void };

const recoveryMs = 60_000;
// Longer than this and the step gives its lease back and comes again, rather than sit in memory.
const longestHoldMs = 10_000;

/** Starts a governor with full buckets. Waiting calls go in the order they came, containment first. */
export function createGovernor(limits: readonly QuotaLimit[], pace: Pace = machinePace): Governor {
  const state: State = {
    buckets: limits.map((limit) => ({ ...limit, tokens: limit.burst })),
    filledAt: pace.now(),
    pausedUntil: 0,
    throttledAt: undefined,
  };
  const waiting: Waiting[] = [];
  let pumping = false;

  const pump = async (signal: AbortSignal): Promise<void> => {
    if (pumping) return;
    pumping = true;
    try {
      for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
        const delay = delayOf(state, next.cost, pace.now());
        if (delay > 0) await pace.wait(Math.min(delay, 250), signal);
        else {
          spend(state, next.cost);
          waiting.shift();
          next.start();
        }
      }
    } finally {
      pumping = false;
    }
  };

  return {
    admit: async (cost, priority, signal) => {
      const delay = delayOf(state, cost, pace.now());
      if (delay === 0 && waiting.length === 0) return spend(state, cost);
      if (delay > longestHoldMs) throw new NotSent('The quota is used up for now.', { retryAfterMs: Math.ceil(delay) });
      await queued(waiting, { cost, priority }, signal, () => void pump(neverAborted).catch(() => undefined));
    },
    throttled: (retryAfter) => {
      state.throttledAt = pace.now();
      state.pausedUntil = Math.max(state.pausedUntil, pace.now() + retryAfter);
    },
  };
}

const neverAborted = new AbortController().signal;

type State = { readonly buckets: Bucket[]; filledAt: number; pausedUntil: number; throttledAt: number | undefined };

/** Milliseconds until the call could go: 0 when now. Refills the buckets first. */
function delayOf(state: State, cost: QuotaCost, now: number): number {
  const rate = rateOf(state, now);
  for (const bucket of state.buckets) {
    bucket.tokens = Math.min(bucket.burst, bucket.tokens + ((now - state.filledAt) / 1000) * bucket.perSecond * rate);
  }
  state.filledAt = now;
  const waits = state.buckets.map((bucket) => {
    const missing = Math.min(cost[bucket.name] ?? 0, bucket.burst) - bucket.tokens;
    return missing <= 0 ? 0 : (missing / (bucket.perSecond * rate)) * 1000;
  });
  return Math.max(0, state.pausedUntil - now, ...waits);
}

function rateOf(state: State, now: number): number {
  if (state.throttledAt === undefined) return 1;
  return Math.min(1, 0.5 + (0.5 * (now - state.throttledAt)) / recoveryMs);
}

function spend(state: State, cost: QuotaCost): void {
  for (const bucket of state.buckets) bucket.tokens -= cost[bucket.name] ?? 0;
}

function queued(waiting: Waiting[], call: Omit<Waiting, 'start'>, signal: AbortSignal, pump: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      const place = waiting.indexOf(entry);
      if (place >= 0) waiting.splice(place, 1);
      reject(new NotSent('The call was given up while it waited for quota.', { cause: signal.reason }));
    };
    const entry: Waiting = {
      ...call,
      start: () => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      },
    };
    if (signal.aborted) return giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    const place = call.priority === 'contain' ? waiting.findIndex((other) => other.priority !== 'contain') : -1;
    waiting.splice(place < 0 ? waiting.length : place, 0, entry);
    pump();
  });
}
