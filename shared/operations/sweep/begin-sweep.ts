import type { TargetId } from '../../domain/ids.ts';
import type { OperationDeps } from '../deps.ts';
import { keepPopulation } from './keep-population.ts';
import { type LeaverLook, lookAtLeavers } from './look-at-leavers.ts';
import { raiseUnlinked } from './raise-unlinked.ts';
import { raiseUnreadable, unreadableReference } from './raise-unreadable.ts';
import type { PageInput } from './sweep-page.ts';
import { nothing } from './tally.ts';

/** All that crosses into durable history: an id, and the trace that the sweep was begun in. */
export type SweepInput = { readonly sweepId: string; readonly traceparent?: string };
/** Stretches of people that are to be looked at closer. */
export type SweepPages = { readonly is: 'looked'; readonly pages: readonly Pick<PageInput, 'after' | 'upTo'>[] };

/** However many have left, there are at most so many pages, and each has at least so many people. */
const mostPages = 100;
const fewestInPage = 100;

/** Begins a sweep: lists every target once, raises what shows at once, and divides the rest into pages. Repeated, it says the same. */
export async function beginSweep(deps: OperationDeps, { sweepId }: SweepInput): Promise<SweepPages> {
  await keepPopulation(deps);
  const { sweeps } = deps.registry.stores;
  await sweeps.begin(sweepId, deps.clock.now());
  const look = await lookAtLeavers(deps, sweepId);
  for (const [target, why] of look.unreadable) await raiseUnreadable(deps, target, why);
  for (const target of deps.targets.keys()) if (!look.unreadable.has(target)) await settleReadable(deps, target);
  for (const one of look.unlinked) await raiseUnlinked(deps, one);
  const last = await sweeps.last();
  if (last?.id === sweepId && last.looked === 0)
    await sweeps.tell(sweepId, {
      ...nothing,
      looked: look.total,
      found: look.unlinked.length,
      raised: look.unreadable.size + look.unlinked.length,
    });
  return { is: 'looked', pages: pagesOf(look) };
}

function pagesOf({ people }: LeaverLook): SweepPages['pages'] {
  const size = Math.max(fewestInPage, Math.ceil(people.length / mostPages));
  const ends = people.filter((_, index) => (index + 1) % size === 0 || index === people.length - 1);
  return ends.map((upTo, index) => ({ after: ends[index - 1] ?? '', upTo }));
}

/** What could be read again is no question any more. */
async function settleReadable({ registry, clock }: OperationDeps, target: TargetId): Promise<void> {
  for (const { id } of await registry.stores.holds.openAbout(unreadableReference(target))) {
    const reason = 'The target could be read again.';
    await registry.transaction((stores) => stores.holds.resolve(id, { how: 'superseded', by: 'gatehouse', reason, at: clock.now() }));
  }
}
