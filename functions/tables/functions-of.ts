import type { AppFunction } from '../app-function.ts';
import type { AppRole } from '../settings/setting-facts.ts';

const tables = {
  ingest: async () => (await import('./ingest.ts')).ingestFunctions,
  work: async () => (await import('./work.ts')).workFunctions,
  hands: async () => (await import('./hands.ts')).handsFunctions,
} as const;

/** The functions of a role. What another role alone needs is not loaded. `all` has each of them once. */
export async function functionsOf(role: AppRole): Promise<readonly AppFunction[]> {
  const loaded = await Promise.all(role === 'all' ? Object.values(tables).map((load) => load()) : [tables[role]()]);
  const byName = new Map(loaded.flat().map((one) => [one.on === 'activities' ? one.on : one.name, one] as const));
  return [...byName.values()];
}
