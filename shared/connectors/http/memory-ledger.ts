import { drawQuota, type QuotaState, quietQuota } from '../../domain/quota.ts';
import type { QuotaLedger } from '../../ports/quota-ledger.ts';

/** Quotas of a process that shares them with no other, forgotten when it ends. */
export function createMemoryLedger(): QuotaLedger {
  const states = new Map<string, QuotaState>();
  return {
    draw: (key, ask) => {
      const { state, grant } = drawQuota(states.get(key), ask);
      states.set(key, state);
      return Promise.resolve(grant);
    },
    quiet: (key, quiet) => {
      states.set(key, quietQuota(states.get(key), quiet));
      return Promise.resolve();
    },
  };
}
