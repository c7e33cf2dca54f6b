// Puts one kind of target and source after the other together, and prints which packages and connectors each made this process load. Needs recorded-loads.mjs preloaded.
import '../../../functions/compose/compose.ts';
import { composeSources } from '../../../functions/compose/compose-sources.ts';
import { composeTargets } from '../../../functions/compose/compose-targets.ts';
import { readSettings } from '../../../functions/settings/read-settings.ts';
import { loadConfig } from '../../../shared/config/load-config.ts';
import { systemClock } from '../../../shared/connectors/clock/system-clock.ts';
import { createMemoryLedger } from '../../../shared/connectors/http/memory-ledger.ts';
import type { Secrets } from '../../../shared/ports/secrets.ts';
import { catalog } from '../../../shared/tasks/catalog.ts';

declare const loadedModules: ReadonlySet<string>;

const never = () => Promise.reject(new Error('nothing is asked for while the product is put together'));
const secrets: Secrets = { read: never, keep: never, has: never, take: never, forget: never };

const stages: Record<string, readonly string[]> = {};
stages['the product'] = takeNew();
const { settings, config } = readSettings(process.env, (configDir) => loadConfig(configDir, catalog));
const parts = { settings, secrets, clock: systemClock, quotas: createMemoryLedger() };

for (const kinds of [['hr'], ['oci'], ['entra', 'mail'], ['ad']]) {
  const targets = Object.fromEntries(Object.entries(config.targets).filter(([, { kind }]) => kinds.includes(kind)));
  await composeTargets({ ...parts, config: { ...config, targets } });
  stages[kinds.join(' and ')] = takeNew();
}
for (const wanted of ['csv', 'bamboohr']) {
  const sources = Object.fromEntries(Object.entries(config.sources).filter(([, { kind }]) => kind === wanted));
  await composeSources({ ...parts, config: { ...config, sources } });
  stages[wanted] = takeNew();
}
console.log(JSON.stringify(stages));

/** What was loaded since it was asked the last time: packages by their names, connectors as `connectors/<system>`. */
function takeNew(): readonly string[] {
  const names = [...loadedModules].flatMap((url) => {
    const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules)|shared\/(connectors\/[^/]+)\//.exec(url);
    return found?.[1] ?? found?.[2] ?? [];
  });
  const taken = Object.values(stages).flat();
  return [...new Set(names)].filter((name) => !taken.includes(name)).toSorted();
}
