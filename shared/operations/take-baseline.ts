import type { SourceId } from '../domain/ids.ts';
import { isClosing } from '../domain/standing/cut-off.ts';
import { GatehouseError } from '../errors.ts';
import type { FoundAccount } from '../ports/readers/accounts.ts';
import type { ReadableTarget } from '../ports/readers/readable-target.ts';
import type { SourcedWorker } from '../ports/hr-source.ts';
import type { Registry } from '../ports/registry/registry.ts';
import type { OperationDeps } from './deps.ts';
import { observeWorker } from './standing/observe-worker.ts';

/** All of a large company is read and written down within this; each request has its own, shorter limit. */
const readTimeoutMs = 60 * 60_000;
/** How many accounts of a target are read at once. */
const sideBySide = 8;
/** One look at a time in this process; others wait for it. Between processes the registry's keys make a second look harmless. */
let looking: Promise<void> = Promise.resolve();
/** Sources that are known to have been looked at. A first look is never undone, and every event asks for it. */
const complete = new WeakMap<Registry, Set<SourceId>>();

/**
 * Looks at a source and at every target once, before anything of the source is acted on: its workers become people, their accounts are linked, the names
 * these bear are reserved and what they hold is recorded as observed. Nothing is written anywhere else, and no run is planned for anybody.
 */
export async function takeBaseline(deps: OperationDeps, source: SourceId): Promise<void> {
  const known = complete.get(deps.registry) ?? new Set();
  complete.set(deps.registry, known);
  if (known.has(source)) return;
  if (!(await deps.registry.stores.baselines.isComplete(keyOf(source)))) await lookInTurn(deps, source);
  known.add(source);
}

async function lookInTurn(deps: OperationDeps, source: SourceId): Promise<void> {
  const mine = looking.then(() => lookOnce(deps, source));
  looking = mine.catch(() => undefined);
  await mine;
}

async function lookOnce(deps: OperationDeps, source: SourceId): Promise<void> {
  if (await deps.registry.stores.baselines.isComplete(keyOf(source))) return;
  const signal = AbortSignal.timeout(readTimeoutMs);
  const people = await observeWorkers(deps, source, signal);
  const linked: string[] = [];
  // Of a source without workers no account can be anybody's.
  for (const target of people === 0 ? [] : deps.targets.values()) {
    if (target.reads.accounts !== undefined) linked.push(`${target.id}: ${await observeAccounts(deps, target, signal)}`);
  }
  const summary = `${people} people; accounts linked in ${linked.join(', ') || 'no target'}`;
  await deps.registry.transaction(async (stores) => {
    const now = deps.clock.now();
    await stores.baselines.complete(keyOf(source), now, summary);
    // The first file after it is measured against who was there before it.
    const day = new Date(now).toISOString().slice(0, 10);
    await stores.switches.keepPopulation(day, `source:${source}`, await stores.people.present(source));
  });
  deps.log.info('Baseline taken.', { source, people, linked });
}

function keyOf(source: SourceId): string {
  return `source/${source}`;
}

async function observeWorkers(deps: OperationDeps, source: SourceId, signal: AbortSignal): Promise<number> {
  const reader = deps.sources.get(source);
  if (reader === undefined) return 0;
  let count = 0;
  for await (const sourced of reader.all(signal)) {
    if (await isBeingEntered(deps, source, sourced, signal)) continue;
    await deps.registry.transaction((stores) => observeWorker(deps, stores, source, sourced)).catch(unlessKnownMeanwhile);
    count += 1;
  }
  return count;
}

/** Somebody whom HR enters while the first look is taken was not there before: an event about them waits to be folded, and they have no account anywhere. */
async function isBeingEntered(deps: OperationDeps, source: SourceId, { worker }: SourcedWorker, signal: AbortSignal): Promise<boolean> {
  if (isClosing(worker) || !(await deps.registry.stores.inbox.isAwaited(source, worker.workerId))) return false;
  for (const { reads } of deps.targets.values()) {
    if (((await reads.accounts?.byEmployeeId(worker.workerId, signal)) ?? []).length > 0) return false;
  }
  return true;
}

/** Another process that looks at the same time has just kept this worker. */
function unlessKnownMeanwhile(error: unknown): void {
  if (!(error instanceof GatehouseError) || error.code !== 'busy') throw error;
}

async function observeAccounts(deps: OperationDeps, target: ReadableTarget, signal: AbortSignal): Promise<number> {
  const owners = new Map<string, FoundAccount[]>();
  for await (const account of target.reads.accounts?.all(signal) ?? []) {
    if (account.employeeId === null || account.employeeId === '') continue;
    owners.set(account.employeeId, [...(owners.get(account.employeeId) ?? []), account]);
  }
  // Several accounts with one employee id: which is whose is for a person to say.
  const single = [...owners.values()].flatMap(([account, second]) => (account !== undefined && second === undefined ? [account] : []));
  let linked = 0;
  for (let from = 0; from < single.length; from += sideBySide) {
    const some = await Promise.all(single.slice(from, from + sideBySide).map((account) => link(deps, target, account, signal)));
    linked += some.filter(Boolean).length;
  }
  return linked;
}

async function link(deps: OperationDeps, target: ReadableTarget, account: FoundAccount, signal: AbortSignal): Promise<boolean> {
  const known = await deps.registry.stores.people.withWorkerId(account.employeeId ?? '');
  const [owner, another] = known;
  if (owner === undefined || another !== undefined) return false;
  const held = await heldBy(target, account, signal);
  const since = deps.clock.now();
  return deps.registry.transaction(async (stores) => {
    const { personId } = owner;
    const fresh = {
      target: target.id,
      nativeId: account.id,
      personId,
      kind: 'primary',
      how: 'baseline',
      anchor: account.anchor,
      since,
    } as const;
    if (!(await stores.links.record(fresh))) return false;
    for (const name of deps.rules.namesBorne(target.id, account.attributes)) await stores.names.reserve(personId, name);
    const holdings = held.map((holding) => ({ target: target.id, ...holding }));
    await stores.holdings.add(personId, holdings, { kind: 'observed', reference: 'baseline' }, since);
    return true;
  });
}

type Held = { readonly object: string; readonly kind: 'group' | 'licence' };

/** What a listing shows already is not asked for again: in a large company that would be two requests for every account. */
async function heldBy(target: ReadableTarget, { id, attributes }: FoundAccount, signal: AbortSignal): Promise<readonly Held[]> {
  const { memberOf, assignedLicenses } = attributes;
  const groups = Array.isArray(memberOf) ? memberOf.map(String) : ((await target.reads.memberships?.groupsOf(id, signal)) ?? []);
  const hasNone = Array.isArray(assignedLicenses) && assignedLicenses.length === 0;
  const licences = hasNone ? [] : ((await target.reads.licences?.licencesOf(id, signal)) ?? []);
  return [
    ...groups.map((object) => ({ object, kind: 'group' as const })),
    ...licences.filter(({ viaGroup }) => viaGroup === null).map(({ skuId }) => ({ object: skuId, kind: 'licence' as const })),
  ];
}
