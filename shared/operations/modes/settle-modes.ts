import { goesFurther, type Mode } from '../../domain/mode.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';
import type { Stores } from '../../ports/registry/registry.ts';
import type { ConfiguredModes } from './mode-key.ts';

export type ModeDeps = { readonly clock: Clock; readonly ids: Ids };
type Known = Readonly<Record<string, Mode>>;
/** One key: what is in force (undefined: never heard of), what this configuration wants, and what the one before wanted. */
type Setting = { readonly key: string; readonly known: Mode | undefined; readonly wanted: Mode; readonly wantedBefore: Mode | undefined };

/** What a configuration wanted is kept beside what is in force, under a key that names nothing else. */
const wantedKey = (key: string): string => `configured/${key}`;
const modes: readonly Mode[] = ['observe', 'plan', 'enforce'];

/** Puts a configuration in force as far as it may be, in the caller's transaction, and asks for the rest. Answers the modes in force. */
export async function settleModes(deps: ModeDeps, stores: Stores, configured: ConfiguredModes): Promise<Known> {
  const known = await stores.switches.modes();
  const isFirst = Object.keys(known).length === 0;
  const changed: Record<string, string> = {};
  for (const [key, wanted] of Object.entries(configured)) {
    const setting = { key, known: known[key], wanted, wantedBefore: known[wantedKey(key)] };
    const mode = isFirst || !goesFurther(wanted, setting.known ?? 'observe') ? wanted : (setting.known ?? 'observe');
    if (mode !== setting.known) changed[key] = `${setting.known ?? 'none'} to ${mode}`;
    if (mode !== setting.known) await stores.switches.setMode(key, mode);
    if (wanted !== setting.wantedBefore) await takeUp(deps, stores, setting, mode);
  }
  if (Object.keys(changed).length > 0) await audit(deps, stores, 'mode.set', { isFirst, changed });
  return stores.switches.modes();
}

/** The configuration says something new of the key: what it no longer wants need not be agreed to, and what goes further has to be. */
async function takeUp(deps: ModeDeps, stores: Stores, { key, known, wanted }: Setting, mode: Mode): Promise<void> {
  await stores.switches.setMode(wantedKey(key), wanted);
  await withdrawQuestions(deps, stores, key, wanted);
  if (mode !== wanted) await ask(deps, stores, { key, from: known ?? 'observe', to: wanted });
}

async function withdrawQuestions(deps: ModeDeps, stores: Stores, key: string, wanted: Mode): Promise<void> {
  const reason = `The configuration wants ${key} in ${wanted} now.`;
  for (const mode of modes.filter((one) => one !== wanted))
    for (const { id } of await stores.holds.openAbout(`${key}=${mode}`))
      await stores.holds.resolve(id, { how: 'superseded', by: 'gatehouse', reason, at: deps.clock.now() });
}

type Raise = { readonly key: string; readonly from: Mode; readonly to: Mode };

async function ask(deps: ModeDeps, stores: Stores, { key, from, to }: Raise): Promise<void> {
  const message = `The configuration raises ${key.replace('/', ' ')} from ${from} to ${to}. Two people have to agree; until then it stays in ${from}.`;
  const hold = { id: deps.ids.next(), kind: 'mode', reference: `${key}=${to}`, code: 'mode-raised' } as const;
  await stores.holds.add({ ...hold, at: deps.clock.now(), personId: null, message, approvals: 2 });
  await audit(deps, stores, 'hold.raised', { holdId: hold.id, kind: hold.kind, reference: hold.reference, code: hold.code });
}

async function audit(deps: ModeDeps, stores: Stores, action: string, detail: Readonly<Record<string, unknown>>): Promise<void> {
  await stores.audit.append([{ at: deps.clock.now(), actor: 'gatehouse', action, personId: null, runId: null, target: null, detail }]);
}
