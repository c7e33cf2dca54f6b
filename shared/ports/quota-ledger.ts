import type { QuotaAsk, QuotaGrant, QuotaQuiet } from '../domain/quota.ts';

/** Where all processes that use one quota draw from it. `key` names the application in its tenant. */
export type QuotaLedger = {
  /** Takes a slice of the quota, so that nobody else has it. */
  draw(key: string, ask: QuotaAsk): Promise<QuotaGrant>;
  /** The target said 429: nobody draws before that time is over, and afterwards more slowly for a while. */
  quiet(key: string, quiet: QuotaQuiet): Promise<void>;
};
