import type { SourceId } from '../../domain/ids.ts';
import type { Stores } from '../../ports/registry/registry.ts';
import type { Learnt } from './learn.ts';

/** Who was the manager and who is, as people where they are known: whoever reads the audit finds both. */
export async function managersOf(
  stores: Stores,
  source: SourceId,
  { before, view }: Pick<Learnt, 'before' | 'view'>,
): Promise<Readonly<Record<'managerBefore' | 'managerNow', string | null>>> {
  const [old, now] = [before.stance.leading?.worker.managerId, view.stance.leading?.worker.managerId];
  return { managerBefore: await personOf(stores, source, old), managerNow: await personOf(stores, source, now) };
}

async function personOf(stores: Stores, source: SourceId, workerId: string | null | undefined): Promise<string | null> {
  if (workerId == null || workerId === '') return null;
  return (await stores.people.ownerOf(source, workerId)) ?? `${source}:${workerId}`;
}
