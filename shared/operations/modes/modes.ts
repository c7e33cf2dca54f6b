import { goesFurther, type Mode } from '../../domain/mode.ts';
import type { Registry } from '../../ports/registry/registry.ts';
import type { ConfiguredModes, ModeKey } from './mode-key.ts';
import { type ModeDeps, settleModes } from './settle-modes.ts';

/** How far each source, target and workflow goes now: as configured, but no further than was agreed to. */
export type Modes = {
  of(key: ModeKey): Mode;
  /** Reads again what was agreed to, by another process too. */
  refresh(): Promise<void>;
};

/**
 * Compares the configured modes with those that were in force. A first configuration holds as it is written, and a lower mode at once. A higher one is asked for: two people
 * have to agree before anything that was only looked at is written to. It is asked for once: after a refusal not again before the configuration has said something else.
 */
export async function openModes(deps: ModeDeps & { readonly registry: Registry }, configured: ConfiguredModes): Promise<Modes> {
  let current = await deps.registry.transaction((stores) => settleModes(deps, stores, configured));
  return {
    of: (key) => lower(configured[key] ?? 'observe', current[key] ?? 'observe'),
    async refresh() {
      current = await deps.registry.stores.switches.modes();
    },
  };
}

function lower(one: Mode, other: Mode): Mode {
  return goesFurther(one, other) ? other : one;
}
