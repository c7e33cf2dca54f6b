import type { QuotaLedger } from '../../shared/ports/quota-ledger.ts';
import type { Registry } from '../../shared/ports/registry/registry.ts';

/** The quotas that all processes with this registry share. Whoever draws goes first in line: a slice is for many calls that wait for it. */
export function registryQuotas(registry: Registry): QuotaLedger {
  return {
    draw: (key, ask) => registry.transaction((stores) => stores.quotas.draw(key, ask), { priority: 'ingest' }),
    quiet: (key, quiet) => registry.transaction((stores) => stores.quotas.quiet(key, quiet), { priority: 'ingest' }),
  };
}
