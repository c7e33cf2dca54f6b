import type { Stores } from '../ports/registry/registry.ts';

const dayMs = 24 * 60 * 60_000;

/** How many people there were yesterday, or at the first count there is; without one, how many are known. A file that has just come in cannot raise it. */
export async function populationOf(stores: Stores, now: number): Promise<number> {
  const today = new Date(now).toISOString().slice(0, 10);
  const tomorrow = new Date(now + dayMs).toISOString().slice(0, 10);
  const { switches } = stores;
  return (
    (await switches.populationBefore(today, 'people')) ?? (await switches.populationBefore(tomorrow, 'people')) ?? stores.people.count()
  );
}
