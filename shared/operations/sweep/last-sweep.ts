import type { OperationDeps } from '../deps.ts';
import { unreadableReference } from './raise-unreadable.ts';

/** The last sweep, for people. Times are RFC 3339. */
export type LastSweep = {
  readonly id: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly looked: number;
  readonly found: number;
  readonly repaired: number;
  readonly raised: number;
  /** Targets that could not be read, with the reason. */
  readonly unreadable: readonly { readonly target: string; readonly message: string }[];
};

const oldAfterMs = 26 * 60 * 60_000;
const stuckAfterMs = 2 * 60 * 60_000;

/** The sweep that was begun last; null where there was none yet. */
export async function lastSweep({ registry, targets }: OperationDeps): Promise<LastSweep | null> {
  const { sweeps, holds } = registry.stores;
  const last = await sweeps.last();
  if (last === undefined) return null;
  const { startedAt, endedAt, ...counts } = last;
  const unreadable: LastSweep['unreadable'][number][] = [];
  for (const target of targets.keys())
    for (const { message } of await holds.openAbout(unreadableReference(target))) unreadable.push({ target, message });
  const ended = endedAt === null ? null : new Date(endedAt).toISOString();
  return { ...counts, startedAt: new Date(startedAt).toISOString(), endedAt: ended, unreadable };
}

/** The id of the sweep that is under way; undefined where there is none, or it has been for so long that it is given up. */
export async function sweepUnderWay({ registry, clock }: Pick<OperationDeps, 'registry' | 'clock'>): Promise<string | undefined> {
  const last = await registry.stores.sweeps.last();
  return last !== undefined && last.endedAt === null && clock.now() - last.startedAt < stuckAfterMs ? last.id : undefined;
}

/** Throws, in words for people, where leavers are not looked at as they are to be: a target could not be read, or the last sweep is too long ago. Before the first one there is nothing to say. */
export async function probeSweep(deps: OperationDeps): Promise<void> {
  const last = await lastSweep(deps);
  if (last === null) return;
  const [unreadable] = last.unreadable;
  if (unreadable !== undefined) throw new Error(unreadable.message);
  const age = deps.clock.now() - Date.parse(last.startedAt);
  if (last.endedAt === null && age > stuckAfterMs)
    throw new Error(`The sweep ${last.id} was begun at ${last.startedAt} and has not ended.`);
  if (age > oldAfterMs) throw new Error(`Leavers were looked at last at ${last.startedAt}: the nightly sweep does not run.`);
}
