import type { AccessRule, Entitlement, EntitlementId } from '../access/access-rule.ts';
import type { Location } from '../domain/facts/location.ts';
import type { SourceId, TargetId } from '../domain/ids.ts';
import type { TargetMapping } from '../mapping/target-mapping.ts';
import type { WorkflowDefinition } from '../workflows/definition.ts';
import type { Brakes } from './brakes.ts';
import type { Protection } from './files/protection-file.ts';
import type { SourceConfig, TargetConfig } from './systems.ts';

/** What holds for the company as a whole. */
export type Settings = {
  /** How many calendar days before the hire date accounts may be created. */
  readonly createDaysBefore: number;
  /** How many calendar days what only a former role gave is kept after a move. */
  readonly accessGraceDays: number;
  /** How many days the histories of ended orchestrations, and events that were refused, are kept. */
  readonly retention: { readonly historyDays: number; readonly refusedEventDays: number };
  /** IANA zone of people whose own is not known. */
  readonly tenantTimeZone: string;
  /** What DefaultDomain() answers in expressions. */
  readonly defaultDomain: string;
  /** By location code. */
  readonly locations: Readonly<Record<string, Location>>;
};

/** A mail template: Liquid text. `variables` are the names that it takes values for. */
export type MailTemplate = { readonly id: string; readonly subject: string; readonly body: string; readonly variables: readonly string[] };

/** A workflow with the hash that runs are pinned to. */
export type LoadedWorkflow = { readonly definition: WorkflowDefinition; readonly hash: string };

/** The whole configuration, checked: everything that one part names exists in another. */
export type Config = {
  readonly settings: Settings;
  readonly sources: Readonly<Record<SourceId, SourceConfig>>;
  readonly targets: Readonly<Record<TargetId, TargetConfig>>;
  /** For every target of kind `ad`, `entra`, `oci` and `scim`. */
  readonly mappings: Readonly<Record<TargetId, TargetMapping>>;
  readonly access: { readonly entitlements: Readonly<Record<EntitlementId, Entitlement>>; readonly rules: readonly AccessRule[] };
  readonly brakes: Brakes;
  /** Accounts that nothing is written to, and who decides about the rest that is protected. */
  readonly protection: Protection;
  /** In the order of their ids. */
  readonly workflows: readonly LoadedWorkflow[];
  /** `target` is the one target of kind `mail`. */
  readonly mail: { readonly target: TargetId; readonly templates: Readonly<Record<string, MailTemplate>> };
};
