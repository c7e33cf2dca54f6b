/** What something costs, or how much of it there is, by the name of the limit. A limit that is not named costs nothing. */
export type QuotaCost = Readonly<Record<string, number>>;

/** A published limit as a token bucket: at most `burst` at once, refilled at `perSecond`. The last `reserve` of it is for containment alone. */
export type QuotaLimit = { readonly name: string; readonly burst: number; readonly perSecond: number; readonly reserve: number };

/** How a quota stands. `throttledAt` is when the target last said that it was too much. */
export type QuotaState = {
  readonly levels: QuotaCost;
  readonly filledAt: number;
  readonly pausedUntil: number;
  readonly throttledAt: number | null;
};

/**
 * A wish for a slice of the quota. `first` is what is needed to do anything at all, `wish` what could be used; `back` is what is left of the slice before, which goes back.
 * `now` is in milliseconds of a time that all who share the quota tell alike.
 */
export type QuotaAsk = {
  readonly limits: readonly QuotaLimit[];
  readonly first: QuotaCost;
  readonly wish: QuotaCost;
  readonly back: QuotaCost;
  readonly isContainment: boolean;
  readonly now: number;
};

/** A slice (null: nothing, come again in `waitMs`), and the time that the quota has reached: whoever is behind that moves on to it. */
export type QuotaGrant = {
  readonly slice: QuotaCost | null;
  readonly waitMs: number;
  readonly now: number;
  /** Which share of each limit is used now, 0 to 1: what was drawn and has not come back. */
  readonly used: QuotaCost;
};

/** That a target wants quiet for so long from `now` on. */
export type QuotaQuiet = { readonly now: number; readonly forMs: number };

const recoveryMs = 60_000;
// Sums of fractions miss by so little that no wait is worth it.
const hair = 1e-6;

/**
 * Takes a slice: all of `first` or nothing, and of `wish` what there is. Time never goes back, so that a clock that is behind earns nothing twice; after a 429 the rate is
 * halved and grows back over a minute.
 */
export function drawQuota(before: QuotaState | undefined, ask: QuotaAsk): { readonly state: QuotaState; readonly grant: QuotaGrant } {
  const now = Math.max(ask.now, before?.filledAt ?? ask.now);
  const rate = rateOf(before?.throttledAt ?? null, now);
  const levels = filled(before, ask, now, rate);
  const state = { levels, filledAt: now, pausedUntil: before?.pausedUntil ?? 0, throttledAt: before?.throttledAt ?? null };
  const waits = ask.limits.map((limit) => {
    const kept = keptFrom(ask, limit);
    const cost = ask.first[limit.name] ?? 0;
    // What costs more than there ever is goes when all there is has come together, and is paid off afterwards.
    const missing = Math.min(cost, limit.burst - kept) - (levelOf(levels, limit) - kept);
    return cost === 0 || missing <= hair ? 0 : (missing / (limit.perSecond * rate)) * 1000;
  });
  const waitMs = Math.max(0, state.pausedUntil - now, ...waits);
  if (waitMs > 0) return { state, grant: { slice: null, waitMs, now, used: usedOf(ask, levels) } };
  const slice = Object.fromEntries(ask.limits.map((limit) => [limit.name, portion(ask, limit, levelOf(levels, limit))]));
  const left = Object.fromEntries(ask.limits.map((limit) => [limit.name, levelOf(levels, limit) - (slice[limit.name] ?? 0)]));
  return { state: { ...state, levels: left }, grant: { slice, waitMs: 0, now, used: usedOf(ask, left) } };
}

/** The same quota after its target said 429. */
export function quietQuota(before: QuotaState | undefined, { now, forMs }: QuotaQuiet): QuotaState {
  const at = Math.max(now, before?.filledAt ?? now);
  return {
    levels: before?.levels ?? {},
    filledAt: before?.filledAt ?? at,
    pausedUntil: Math.max(before?.pausedUntil ?? 0, at + forMs),
    throttledAt: at,
  };
}

function filled(before: QuotaState | undefined, ask: QuotaAsk, now: number, rate: number): QuotaCost {
  const seconds = (now - (before?.filledAt ?? now)) / 1000;
  return Object.fromEntries(
    ask.limits.map((limit) => {
      const level = levelOf(before?.levels ?? {}, limit) + seconds * limit.perSecond * rate + (ask.back[limit.name] ?? 0);
      return [limit.name, Math.min(limit.burst, level)];
    }),
  );
}

function portion(ask: QuotaAsk, limit: QuotaLimit, level: number): number {
  const first = ask.first[limit.name] ?? 0;
  return Math.max(first, Math.min(ask.wish[limit.name] ?? 0, level - keptFrom(ask, limit)));
}

function usedOf({ limits }: QuotaAsk, levels: QuotaCost): QuotaCost {
  return Object.fromEntries(limits.map((limit) => [limit.name, Math.min(1, 1 - levelOf(levels, limit) / limit.burst)]));
}

function keptFrom({ isContainment }: QuotaAsk, { reserve }: QuotaLimit): number {
  return isContainment ? 0 : reserve;
}

function levelOf(levels: QuotaCost, limit: QuotaLimit): number {
  return levels[limit.name] ?? limit.burst;
}

function rateOf(throttledAt: number | null, now: number): number {
  return throttledAt === null ? 1 : Math.min(1, 0.5 + (0.5 * Math.max(0, now - throttledAt)) / recoveryMs);
}
