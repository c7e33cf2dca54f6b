import type { Config } from '../../shared/config/config.ts';
import type { createEntraTarget } from '../../shared/connectors/entra/create-entra-target.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { QuotaLedger } from '../../shared/ports/quota-ledger.ts';
import type { Secrets } from '../../shared/ports/secrets.ts';
import type { Settings } from '../settings/settings.ts';

/** What a connector makes: only the gate is given it whole. */
export type Target = ReturnType<typeof createEntraTarget>;

/** What connectors and readers of sources are made of. */
export type Parts = {
  readonly config: Config;
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly clock: Clock;
  /** Where all processes draw from the quotas of targets. */
  readonly quotas: QuotaLedger;
};
