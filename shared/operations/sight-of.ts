import { startOfDay } from '../domain/dates/start-of-day.ts';
import type { AccountLink, Subject } from '../domain/subject.ts';
import { GatehouseError } from '../errors.ts';
import type { Registry } from '../ports/registry/registry.ts';
import type { OwnRun, PastChange, Sight } from '../tasks/task.ts';
import type { OperationDeps } from './deps.ts';

/** What a task may look at for a person: the targets' readers, what the registry knows, and what configuration says. Without a run the plan is only shown. */
export function sightOf(deps: OperationDeps, subject: Subject, signal: AbortSignal, run: OwnRun | null = null): Sight {
  const { rules, registry } = deps;
  const now = deps.clock.now();
  return {
    now,
    signal,
    target: (id) => targetOf(deps, id),
    blueprint: (id) => rules.blueprint(id, subject, now),
    entitlements: (id) => rules.entitlements(id, subject.worker),
    ownerOf: (target, nativeId) => registry.stores.links.ownerOf(target, nativeId),
    holderOf: (scope, folded) => registry.stores.names.holderOf(scope, folded),
    namesBorne: (target, attributes) => rules.namesBorne(target, attributes, subject.worker),
    hireMoment: startOfDay(subject.worker.hireDate, rules.zoneOf(subject.worker)),
    mail: rules.mail,
    managerAddress: () => managerAddress(deps, subject, signal),
    formerManagerAddress: () => formerManagerAddress(deps, subject, signal, run),
    isGoverned: (target, object) => rules.isGoverned(target, object),
    run,
    holdings: () => registry.stores.holdings.of(subject.personId),
    endedLinks: () => registry.stores.links.endedOf(subject.personId),
    pastChanges: () => pastChanges(registry, subject.personId),
    olderLease: async () => (run === null ? null : registry.stores.intents.olderLease(subject.personId, run.epoch, now)),
    ownAddress: () => subject.names.find((name) => name.scope === rules.addressScope)?.value,
  };
}

function targetOf(deps: OperationDeps, id: string) {
  const target = deps.targets.get(id);
  if (target === undefined)
    throw new GatehouseError('config-invalid', `There is no target “${id}”. Targets are listed in config/targets.yaml.`);
  return target;
}

/** Where the manager reads mail, as their own account shows it. */
function managerAddress(deps: OperationDeps, subject: Subject, signal: AbortSignal): Promise<string | undefined> {
  return addressOf(deps, subject.manager?.links ?? [], signal);
}

/** The manager whom the first change of this run that wrote another found there. */
async function formerManagerAddress(
  deps: OperationDeps,
  { personId }: Subject,
  signal: AbortSignal,
  run: OwnRun | null,
): Promise<string | undefined> {
  if (run === null) return undefined;
  const { links } = deps.registry.stores;
  for (const { change, before, runId } of await pastChanges(deps.registry, personId)) {
    const former = before?.['manager'];
    if (runId !== run.id || typeof former !== 'string') continue;
    const owner = await links.ownerOf(change.target, former);
    const address = owner === undefined ? undefined : await addressOf(deps, await links.of(owner), signal);
    if (address !== undefined) return address;
  }
  return undefined;
}

async function addressOf(deps: OperationDeps, links: readonly AccountLink[], signal: AbortSignal): Promise<string | undefined> {
  for (const link of links) {
    const target = deps.targets.get(link.target);
    if (target?.kind !== 'entra' || target.reads.accounts === undefined) continue;
    const found = await target.reads.accounts.byId(link.nativeId, signal);
    const mail = found?.attributes['mail'];
    if (typeof mail === 'string' && mail !== '') return mail;
  }
  return undefined;
}

async function pastChanges(registry: Registry, personId: string): Promise<readonly PastChange[]> {
  const rows = await registry.stores.intents.doneFor(personId);
  return rows.map(({ change, changeId, objectId, observedBefore, closedAt, openedAt, outcome, runId, trigger }) => ({
    change,
    changeId,
    object: objectId ?? (outcome?.is === 'done' ? outcome.object : ''),
    before: observedBefore ?? ('before' in change ? change.before : null),
    at: closedAt ?? openedAt,
    runId,
    trigger,
  }));
}
