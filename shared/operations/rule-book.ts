import { entitlementsOf } from '../access/evaluate-access.ts';
import type { Config } from '../config/config.ts';
import { createFrom } from '../domain/dates/create-from.ts';
import { personZone } from '../domain/dates/person-zone.ts';
import { locationOf } from '../domain/facts/location.ts';
import type { TargetId } from '../domain/ids.ts';
import { primaryLink, type Subject } from '../domain/subject.ts';
import type { Worker } from '../domain/worker.ts';
import { GatehouseError } from '../errors.ts';
import { type Blueprint, accountBlueprint } from '../mapping/account-blueprint.ts';
import { followedAccount } from '../mapping/followed-account.ts';
import { isMappingFact, mappingFacts } from '../mapping/mapping-facts.ts';
import { namesBorne } from '../mapping/names-borne.ts';
import type { TargetMapping } from '../mapping/target-mapping.ts';
import type { DueEntitlement } from '../tasks/task.ts';
import type { TriggerEvent } from '../workflows/definition.ts';
import { matchDefinitions } from '../workflows/match-definitions.ts';
import type { MatchedWorkflow, RuleBook } from './deps.ts';
import type { Modes } from './modes/modes.ts';

/** The configuration, as the use cases ask it. */
export function ruleBook(config: Config, modes: Pick<Modes, 'of'>): RuleBook {
  const { settings } = config;
  const zoneOf = (worker: Worker) => personZone(worker, settings.locations, settings.tenantTimeZone).zone;
  const mail = config.targets[config.mail.target];
  if (mail?.kind !== 'mail') throw new GatehouseError('config-invalid', 'config/targets.yaml needs one target of kind mail.');
  return {
    zoneOf,
    calendar: { tenantZone: settings.tenantTimeZone, locations: settings.locations, createDaysBefore: settings.createDaysBefore },
    accessGraceDays: settings.accessGraceDays,
    modeOf: (source) => modes.of(`source/${source}`),
    modeOfWorkflow: (id) => (config.workflows.some(({ definition }) => definition.id === id) ? modes.of(`workflow/${id}`) : 'enforce'),
    workflows: () =>
      config.workflows.map(({ definition, hash }) => ({
        id: definition.id,
        hash,
        definition,
        mode: modes.of(`workflow/${definition.id}`),
      })),
    workflowsFor: (trigger, worker) => workflowsFor({ config, modes }, trigger, worker, zoneOf(worker)),
    blueprint: (target, person, now) => blueprintOf(config, target, person, { now, zone: zoneOf(person.worker) }),
    namesBorne: (target, attributes) => namesBorne(mappingOf(config, target), attributes),
    entitlements: (target, worker) => dueEntitlements(config, target, worker),
    isGoverned: (target, object) => isGoverned(config, target, object),
    mail: { target: mail.id, helpDesk: mail.helpDesk, operators: config.protection.operators, approvers: config.protection.approvers },
    addressScope: 'upn',
  };
}

/** A target that follows another may name the attributes of the person's account there besides the worker's own, which come first. */
function blueprintOf(
  config: Config,
  target: TargetId,
  person: Pick<Subject, 'worker' | 'links' | 'names'>,
  when: { readonly now: number; readonly zone: string },
): Blueprint {
  const { settings, targets } = config;
  const { worker, links, names } = person;
  const facts = mappingFacts(worker, locationOf(worker, settings.locations));
  const system = targets[target];
  const follows = system?.kind === 'scim' ? system.follows : null;
  const followed =
    follows === null
      ? () => null
      : followedAccount(blueprintOf(config, follows, person, when), names, primaryLink(links, follows)?.nativeId ?? null);
  const attributes = (name: string) => (isMappingFact(name) ? facts(name) : followed(name));
  return accountBlueprint(mappingOf(config, target), worker.workerId, { attributes, ...when, domain: settings.defaultDomain });
}

function mappingOf(config: Config, target: TargetId): TargetMapping {
  const mapping = config.mappings[target];
  if (mapping === undefined) throw new GatehouseError('config-invalid', `There is no mapping for ${target} in config/mappings/.`);
  return mapping;
}

function workflowsFor(
  { config, modes }: { readonly config: Config; readonly modes: Pick<Modes, 'of'> },
  trigger: TriggerEvent,
  worker: Worker,
  zone: string,
): readonly MatchedWorkflow[] {
  const enforced = config.workflows.filter(({ definition }) => modes.of(`workflow/${definition.id}`) === 'enforce');
  const matching = new Set(
    matchDefinitions(
      trigger,
      worker,
      enforced.map(({ definition }) => definition),
    ),
  );
  return enforced
    .filter(({ definition }) => matching.has(definition))
    .map(({ definition, hash }) => {
      const days = definition.trigger.startDaysBefore ?? config.settings.createDaysBefore;
      const dueAt = trigger === 'joiner' || trigger === 'rehire' ? createFrom(worker.hireDate, days, zone) : 0;
      return { id: definition.id, hash, definition, dueAt };
    });
}

function isGoverned({ access }: Config, target: TargetId, object: string): boolean {
  const granted = new Set(access.rules.flatMap(({ grants }) => grants));
  return Object.values(access.entitlements).some((one) => one.target === target && one.objectId === object && granted.has(one.id));
}

function dueEntitlements(config: Config, target: TargetId, worker: Worker): readonly DueEntitlement[] {
  return entitlementsOf(worker, config.access.rules).flatMap(({ entitlement, rules }) => {
    const known = config.access.entitlements[entitlement];
    if (known?.target !== target) return [];
    return [{ id: known.id, name: known.name, kind: known.kind, object: known.objectId, rules }];
  });
}
