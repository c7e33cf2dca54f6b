import { goesFurther, type Mode } from '../../domain/mode.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';
import type { Registry, Stores } from '../../ports/registry/registry.ts';

/** What is in a mode: `target/ad:contoso`, `source/generic`, `workflow/mover`. */
export type ModeKey = `${'source' | 'target' | 'workflow'}/${string}`;

/** How far each source, target and workflow goes now: as configured, but no further than was agreed to. */
export type Modes = {
  of(key: ModeKey): Mode;
  /** Reads again what was agreed to, by another process too. */
  refresh(): Promise<void>;
};

type ModeDeps = { readonly registry: Registry; readonly clock: Clock; readonly ids: Ids };
type Configured = Readonly<Record<ModeKey, Mode>>;

/**
 * Compares the configured modes with those that were in force. A first configuration holds as it is written, and a lower mode at once. A higher one is asked for: two people
 * have to agree before anything that was only looked at is written to.
 */
export async function openModes(deps: ModeDeps, configured: Configured): Promise<Modes> {
  const settled = () => deps.registry.transaction((stores) => settle(deps, stores, configured));
  let current = await settled();
  return {
    of: (key) => lower(configured[key] ?? 'observe', current[key] ?? 'observe'),
    async refresh() {
      current = await deps.registry.stores.switches.modes();
    },
  };
}

async function settle(deps: ModeDeps, stores: Stores, configured: Configured): Promise<Readonly<Record<string, Mode>>> {
  const known = await stores.switches.modes();
  const isFirst = Object.keys(known).length === 0;
  for (const [key, mode] of Object.entries(configured)) {
    const before = known[key] ?? 'observe';
    if (!isFirst && goesFurther(mode, before)) await ask(deps, stores, { key, from: before, to: mode });
    else if (known[key] !== mode) await stores.switches.setMode(key, mode);
    if (!isFirst && known[key] === undefined && goesFurther(mode, before)) await stores.switches.setMode(key, before);
  }
  return stores.switches.modes();
}

type Raise = { readonly key: string; readonly from: Mode; readonly to: Mode };

async function ask(deps: ModeDeps, stores: Stores, { key, from, to }: Raise): Promise<void> {
  const message = `The configuration raises ${key.replace('/', ' ')} from ${from} to ${to}. Two people have to agree; until then it stays in ${from}.`;
  await stores.holds.add({
    id: deps.ids.next(),
    at: deps.clock.now(),
    kind: 'mode',
    reference: `${key}=${to}`,
    personId: null,
    code: 'mode-raised',
    message,
    approvals: 2,
  });
}

function lower(one: Mode, other: Mode): Mode {
  return goesFurther(one, other) ? other : one;
}
