import { startOfDay } from '../domain/dates/start-of-day.ts';
import type { Subject } from '../domain/subject.ts';
import { GatehouseError } from '../errors.ts';
import type { Sight } from '../tasks/task.ts';
import type { OperationDeps } from './deps.ts';

/** What a task may look at for a person: the targets' readers, the registry's knowledge of owners, and what configuration says. */
export function sightOf(deps: OperationDeps, subject: Subject, signal: AbortSignal): Sight {
  const { rules, registry } = deps;
  const now = deps.clock.now();
  return {
    now,
    signal,
    target: (id) => targetOf(deps, id),
    blueprint: (id) => rules.blueprint(id, subject.worker, now),
    entitlements: (id) => rules.entitlements(id, subject.worker),
    ownerOf: (target, nativeId) => registry.stores.links.ownerOf(target, nativeId),
    holderOf: (scope, folded) => registry.stores.names.holderOf(scope, folded),
    namesBorne: (target, attributes) => rules.namesBorne(target, attributes, subject.worker),
    hireMoment: startOfDay(subject.worker.hireDate, rules.zoneOf(subject.worker)),
    mail: rules.mail,
    managerAddress: () => managerAddress(deps, subject, signal),
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
async function managerAddress(deps: OperationDeps, subject: Subject, signal: AbortSignal): Promise<string | undefined> {
  for (const link of subject.manager?.links ?? []) {
    const target = deps.targets.get(link.target);
    if (target?.kind !== 'entra' || target.reads.accounts === undefined) continue;
    const found = await target.reads.accounts.byId(link.nativeId, signal);
    const mail = found?.attributes['mail'];
    if (typeof mail === 'string' && mail !== '') return mail;
  }
  return undefined;
}
