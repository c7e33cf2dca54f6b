import type { PersonId, TargetId } from '../../domain/ids.ts';
import { GatehouseError } from '../../errors.ts';
import type { FoundAccount } from '../../ports/readers/accounts.ts';
import type { ReadableTarget } from '../../ports/readers/readable-target.ts';
import type { Registry } from '../../ports/registry/registry.ts';
import type { OperationDeps } from '../deps.ts';
import type { KnownGroups, Sighting } from './open-things.ts';

/** An open account that is nobody's by a link, and carries the worker id of a leaver. */
export type UnlinkedAccount = { readonly target: TargetId; readonly account: FoundAccount; readonly personId: PersonId };

/** What every target shows of the people whose access has ended. */
export type LeaverLook = {
  /** How many people have left. */
  readonly total: number;
  /** Those of them who have an account somewhere, in the order of their ids. */
  readonly people: readonly PersonId[];
  readonly accounts: ReadonlyMap<PersonId, readonly Sighting[]>;
  readonly unlinked: readonly UnlinkedAccount[];
  /** Targets that could not be read, with the reason in words. */
  readonly unreadable: ReadonlyMap<TargetId, string>;
  readonly groups: KnownGroups;
};

const readTimeoutMs = 10 * 60_000;
const rowsAtOnce = 500;
/** The look of the sweep that is under way. It is only a memory: a worker without it looks again. */
const looks = new WeakMap<Registry, { readonly sweepId: string; readonly look: Promise<LeaverLook> }>();

/**
 * Lists the accounts of every target once, and keeps what belongs to people whose access has ended, however long ago; all pages of one sweep share it. A target that cannot be read is
 * named, and keeps no other from being looked at.
 */
export function lookAtLeavers(deps: OperationDeps, sweepId: string): Promise<LeaverLook> {
  const known = looks.get(deps.registry);
  if (known?.sweepId === sweepId) return known.look;
  const look = lookNow(deps);
  looks.set(deps.registry, { sweepId, look });
  // A look that failed is no memory of anything.
  look.catch(() => forgetLook(deps, sweepId));
  return look;
}

/** Lets go of what a sweep remembered. */
export function forgetLook({ registry }: OperationDeps, sweepId: string): void {
  if (looks.get(registry)?.sweepId === sweepId) looks.delete(registry);
}

async function lookNow(deps: OperationDeps): Promise<LeaverLook> {
  const left = await everyoneLeft(deps);
  const accounts = new Map<PersonId, Sighting[]>();
  const unlinked: UnlinkedAccount[] = [];
  const unreadable = new Map<TargetId, string>();
  const listing = [...deps.targets.values()].map(async (target) => {
    try {
      await listTarget(deps, target, { left, accounts, unlinked });
    } catch (error) {
      deps.log.warn('A target could not be read by the sweep.', { target: target.id, error });
      unreadable.set(target.id, error instanceof GatehouseError ? error.message : 'It could not be read.');
    }
  });
  await Promise.all(listing);
  return { total: left.size, people: [...accounts.keys()].toSorted(), accounts, unlinked, unreadable, groups: new Map() };
}

async function everyoneLeft({ registry, clock }: OperationDeps): Promise<ReadonlySet<PersonId>> {
  const left = new Set<PersonId>();
  const now = clock.now();
  for (let after = ''; ;) {
    const page = await registry.stores.people.ended(now, after, rowsAtOnce);
    for (const { id } of page) left.add(id);
    const last = page.at(-1);
    if (last === undefined || page.length < rowsAtOnce) return left;
    after = last.id;
  }
}

type Gathering = {
  readonly left: ReadonlySet<PersonId>;
  readonly accounts: Map<PersonId, Sighting[]>;
  readonly unlinked: UnlinkedAccount[];
};

async function listTarget(deps: OperationDeps, target: ReadableTarget, gathering: Gathering): Promise<void> {
  const reader = target.reads.accounts;
  if (reader === undefined || gathering.left.size === 0) return;
  let rows: FoundAccount[] = [];
  for await (const account of reader.all(AbortSignal.timeout(readTimeoutMs))) {
    rows.push(account);
    if (rows.length < rowsAtOnce) continue;
    await keep(deps, target.id, rows, gathering);
    rows = [];
  }
  await keep(deps, target.id, rows, gathering);
}

/** Of a stretch of the listing, what is a leaver's: by one question to the registry, and one more for each open account that is nobody's. */
async function keep({ registry }: OperationDeps, target: TargetId, rows: readonly FoundAccount[], gathering: Gathering): Promise<void> {
  const { left, accounts, unlinked } = gathering;
  const links = await registry.stores.graphDoor.ownersOf(
    target,
    rows.map(({ id }) => id),
  );
  const byAccount = new Map(links.map((link) => [link.nativeId, link]));
  for (const account of rows) {
    const link = byAccount.get(account.id);
    if (link !== undefined && left.has(link.personId))
      accounts.set(link.personId, [...(accounts.get(link.personId) ?? []), { link, account }]);
    if (link !== undefined || !account.enabled || account.employeeId === null || account.employeeId === '') continue;
    const owners = await registry.stores.people.withWorkerId(account.employeeId);
    const [owner] = owners;
    // A worker id that somebody who is there bears too says nothing of a leaver.
    if (owner !== undefined && owners.every(({ personId }) => left.has(personId)))
      unlinked.push({ target, account, personId: owner.personId });
  }
}
