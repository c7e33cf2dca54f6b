import type { Attributes, NameClaim } from '../domain/change.ts';
import type { SourceId, TargetId } from '../domain/ids.ts';
import type { Calendar } from '../domain/standing/calendar.ts';
import type { Subject } from '../domain/subject.ts';
import type { Worker } from '../domain/worker.ts';
import type { GateDeps } from '../gate/gate-deps.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadableTarget } from '../ports/readers/readable-target.ts';
import type { HrSource } from '../ports/hr-source.ts';
import type { Ids } from '../ports/ids.ts';
import type { Log } from '../ports/log.ts';
import type { Registry } from '../ports/registry/registry.ts';
import type { CatalogTask } from '../tasks/catalog.ts';
import type { AccountBlueprint, DueEntitlement, MailSettings } from '../tasks/task.ts';
import type { TriggerEvent, WorkflowDefinition } from '../workflows/definition.ts';

/** What the use cases are given. Nothing in it can write to a target but the gate. */
export type OperationDeps = {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly gate: GateDeps;
  readonly rules: RuleBook;
  readonly catalog: readonly CatalogTask[];
  readonly targets: ReadonlyMap<TargetId, ReadableTarget>;
  /** How a source is read again; undefined where it only pushes. */
  readonly sources: ReadonlyMap<SourceId, HrSource | undefined>;
};

/** A workflow that an event sets off, pinned to its version. */
export type MatchedWorkflow = {
  readonly id: string;
  readonly hash: string;
  readonly definition: WorkflowDefinition;
  readonly dueAt: number;
};

/** A workflow of the configuration with how far it goes now. */
export type KnownWorkflow = Omit<MatchedWorkflow, 'dueAt'> & { readonly mode: 'observe' | 'plan' | 'enforce' };

/** What configuration says of people. */
export type RuleBook = {
  /** Every workflow, whatever its mode, in the order of their ids. */
  workflows(): readonly KnownWorkflow[];
  workflowsFor(trigger: TriggerEvent, worker: Worker): readonly MatchedWorkflow[];
  blueprint(target: TargetId, person: Pick<Subject, 'worker' | 'links' | 'names'>, now: number): AccountBlueprint;
  namesBorne(target: TargetId, attributes: Attributes, worker?: Worker): readonly NameClaim[];
  entitlements(target: TargetId, worker: Worker): readonly DueEntitlement[];
  /** Whether an access rule names the group or licence. */
  isGoverned(target: TargetId, object: string): boolean;
  /** How far Gatehouse goes with what a source tells. */
  modeOf(source: SourceId): 'observe' | 'plan' | 'enforce';
  /** How far a workflow goes now. What is not configured any more goes on as it was begun. */
  modeOfWorkflow(id: string): 'observe' | 'plan' | 'enforce';
  /** What dates mean: zones, and how many days ahead somebody is set up. */
  readonly calendar: Calendar;
  /** How many days what only a former role gave is kept after a move. */
  readonly accessGraceDays: number;
  /** The time zone that the person's dates are in. */
  zoneOf(worker: Worker): string;
  readonly mail: MailSettings;
  /** The scope under which sign-in names are reserved: they are mail addresses too. */
  readonly addressScope: string;
};
