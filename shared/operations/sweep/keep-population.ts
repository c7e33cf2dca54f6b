import type { OperationDeps } from '../deps.ts';

/**
 * Keeps how many people there are today, in all (`people`) and for each source (`source:<id>`), so that tomorrow's brakes measure against it. The first count of a day (UTC) stays: what a bad file makes of it later changes nothing.
 * Nothing is counted before every source has been looked at for the first time: few who are known are not few who are there.
 */
export async function keepPopulation({ registry, clock, sources }: OperationDeps): Promise<void> {
  const day = new Date(clock.now()).toISOString().slice(0, 10);
  const { people, switches, baselines } = registry.stores;
  const taken = await Promise.all([...sources.keys()].map((source) => baselines.isComplete(`source/${source}`)));
  if (!taken.every(Boolean)) return;
  await switches.keepPopulation(day, 'people', await people.present());
  for (const source of sources.keys()) await switches.keepPopulation(day, `source:${source}`, await people.present(source));
}
