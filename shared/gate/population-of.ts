import type { SourceId } from '../domain/ids.ts';
import type { Stores } from '../ports/registry/registry.ts';

const dayMs = 24 * 60 * 60_000;

/**
 * How many people there were yesterday, of one source or of all; else as many as were first counted today; where nobody has counted yet, how many there are. A file that has just come in cannot raise it.
 */
export async function populationOf({ switches, people }: Stores, now: number, source?: SourceId): Promise<number> {
  const today = new Date(now).toISOString().slice(0, 10);
  const tomorrow = new Date(now + dayMs).toISOString().slice(0, 10);
  const key = source === undefined ? 'people' : `source:${source}`;
  return (await switches.populationBefore(today, key)) ?? (await switches.populationBefore(tomorrow, key)) ?? people.present(source);
}
