import type { Registry } from '../ports/registry/registry.ts';
import type { OperationDeps } from './deps.ts';

/** The same, whose questions to the registry go before all others in line: for containment. */
export function aheadOfOthers(deps: OperationDeps): OperationDeps {
  const registry = firstInLine(deps.registry);
  return { ...deps, registry, gate: { ...deps.gate, registry } };
}

function firstInLine(registry: Registry): Registry {
  return {
    stores: registry.ingest,
    ingest: registry.ingest,
    transaction: (work) => registry.transaction(work, { priority: 'ingest' }),
    probe: () => registry.probe(),
    close: () => registry.close(),
  };
}
