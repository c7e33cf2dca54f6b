import { entitlementsOf } from '../access/evaluate-access.ts';
import type { Config } from '../config/config.ts';
import { createFrom } from '../domain/dates/create-from.ts';
import { personZone } from '../domain/dates/person-zone.ts';
import { locationOf } from '../domain/facts/location.ts';
import type { TargetId } from '../domain/ids.ts';
import type { Worker } from '../domain/worker.ts';
import { GatehouseError } from '../errors.ts';
import { accountBlueprint } from '../mapping/account-blueprint.ts';
import { mappingFacts } from '../mapping/mapping-facts.ts';
import { namesBorne } from '../mapping/names-borne.ts';
import type { TargetMapping } from '../mapping/target-mapping.ts';
import type { DueEntitlement } from '../tasks/task.ts';
import type { TriggerEvent } from '../workflows/definition.ts';
import { matchDefinitions } from '../workflows/match-definitions.ts';
import type { MatchedWorkflow, RuleBook } from './deps.ts';

/** The configuration, as the use cases ask it. */
export function ruleBook(config: Config): RuleBook {
  const { settings } = config;
  const zoneOf = (worker: Worker) => personZone(worker, settings.locations, settings.tenantTimeZone).zone;
  const mail = config.targets[config.mail.target];
  if (mail?.kind !== 'mail') throw new GatehouseError('config-invalid', 'config/targets.yaml needs one target of kind mail.');
  return {
    zoneOf,
    modeOf: (source) => config.sources[source]?.mode ?? 'observe',
    workflowsFor: (trigger, worker) => workflowsFor(config, trigger, worker, zoneOf(worker)),
    blueprint: (target, worker, now) =>
      accountBlueprint(mappingOf(config, target), worker.workerId, {
        attributes: mappingFacts(worker, locationOf(worker, settings.locations)),
        now,
        zone: zoneOf(worker),
        domain: settings.defaultDomain,
      }),
    namesBorne: (target, attributes) => namesBorne(mappingOf(config, target), attributes),
    entitlements: (target, worker) => dueEntitlements(config, target, worker),
    mail: { target: mail.id, helpDesk: mail.helpDesk, operators: config.protection.operators, approvers: config.protection.approvers },
    addressScope: 'upn',
  };
}

function mappingOf(config: Config, target: TargetId): TargetMapping {
  const mapping = config.mappings[target];
  if (mapping === undefined) throw new GatehouseError('config-invalid', `There is no mapping for ${target} in config/mappings/.`);
  return mapping;
}

function workflowsFor(config: Config, trigger: TriggerEvent, worker: Worker, zone: string): readonly MatchedWorkflow[] {
  const enforced = config.workflows.filter(({ definition }) => definition.mode === 'enforce');
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

function dueEntitlements(config: Config, target: TargetId, worker: Worker): readonly DueEntitlement[] {
  return entitlementsOf(worker, config.access.rules).flatMap(({ entitlement, rules }) => {
    const known = config.access.entitlements[entitlement];
    if (known?.target !== target) return [];
    return [{ id: known.id, name: known.name, kind: known.kind, object: known.objectId, rules }];
  });
}
