import type { QuotaCost, QuotaLimit } from '../../domain/quota.ts';
import type { QuotaLedger } from '../../ports/quota-ledger.ts';
import { measure } from '../../telemetry/measure.ts';
import { createMemoryLedger } from './memory-ledger.ts';
import { machinePace, type Pace } from './pace.ts';
import { createQuotaLine, type LineParts, type QuotaLine } from './quota-line.ts';
import type { Priority } from './wire.ts';

/** A published quota. A slice of it is spent within `spanMs`. */
export type Quota = { readonly limits: readonly QuotaLimit[]; readonly spanMs: number };

/** Where a quota is kept, and under which name: that of the application in its tenant. Whoever gives the same shares it. */
export type SharedQuota = { readonly key: string; readonly ledger: QuotaLedger; readonly pace?: Pace };

/** Spends one application's quota in one tenant together with all other processes that do, so that the target never has to say 429. */
export type Governor = {
  /**
   * Resolves when the call may be sent: containment first, also before calls of other processes, which leave it its reserve and all that comes after. Throws `NotSent` with
   * the time to wait when that is more than the governor holds a call.
   */
  admit(cost: QuotaCost, priority: Priority, signal: AbortSignal): Promise<void>;
  /** The target said 429: nobody sends anything for so long, and the rate is halved, then grows back over a minute. */
  throttled(retryAfterMs: number): void;
};

/** Starts a governor over what the ledger says is left; without `shared` the process is taken to be the only one. Calls that cost of the same limits stand in one line, so that reads never wait for the quota of writes. */
export function createGovernor(quota: Quota, shared: SharedQuota = { key: 'alone', ledger: createMemoryLedger() }): Governor {
  const { key, ledger, pace = machinePace } = shared;
  const lines = new Map<string, QuotaLine>();
  // Time is that of whoever is furthest ahead: nobody who is behind earns again what was earned already.
  let ahead = 0;
  let quieting: Promise<unknown> = Promise.resolve();
  const now = (): number => pace.now() + ahead;

  const draw: LineParts['draw'] = async (ask) => {
    await quieting;
    const grant = await ledger.draw(key, { ...ask, limits: quota.limits, now: now() });
    ahead = Math.max(ahead, grant.now - pace.now());
    for (const [limit, used] of Object.entries(grant.used)) measure('gatehouse.quota.used', used, { quota: quotaName(key), limit });
    return grant;
  };
  const lineOf = (cost: QuotaCost): QuotaLine => {
    const limits = quota.limits.filter(({ name }) => (cost[name] ?? 0) > 0);
    const names = limits.map(({ name }) => name).join(' ');
    const perSpan = Object.fromEntries(limits.map(({ name, perSecond }) => [name, (perSecond * quota.spanMs) / 1000]));
    const line = lines.get(names) ?? createQuotaLine({ draw, spanMs: quota.spanMs, perSpan, pace });
    lines.set(names, line);
    return line;
  };

  return {
    admit: (cost, priority, signal) => lineOf(cost).admit(onlyWhatCosts(cost), priority, signal),
    throttled: (retryAfterMs) => {
      for (const line of lines.values()) line.drop();
      measure('gatehouse.quota.throttled', 1, { quota: quotaName(key) });
      // Where the registry is away, nobody draws anyway.
      quieting = ledger.quiet(key, { now: now(), forMs: retryAfterMs }).catch(() => undefined);
    },
  };
}

/** The system and where it is; which application draws is no matter of a metric. */
function quotaName(key: string): string {
  return key.split(' ').slice(0, 2).join(' ');
}

function onlyWhatCosts(cost: QuotaCost): QuotaCost {
  return Object.fromEntries(Object.entries(cost).filter(([, amount]) => amount > 0));
}
