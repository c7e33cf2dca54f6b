import type { Change, Effect } from '../domain/change.ts';
import type { PersonId, RunId, TargetId } from '../domain/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { TargetKind } from '../ports/readers/readable-target.ts';
import type { Registry } from '../ports/registry/registry.ts';
import type { Lane } from '../ports/registry/runs.ts';
import type { Secrets } from '../ports/secrets.ts';
import type { WritableTarget } from '../ports/writers/writable-target.ts';
import type { RenderedMail } from '../ports/rendered-mail.ts';
import type { Passage } from './passage.ts';

/** What the gate is given. It alone holds targets that can be written to. */
export type GateDeps = {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly secrets: Secrets;
  target(id: TargetId): WritableTarget;
  readonly policy: GatePolicy;
  /** Asks the process that has the rights for privileged changes; undefined in the one that has them. */
  readonly handOver?: (asked: Asked) => Promise<Passage>;
  /** Renders a mail template with the facts that belong to the person; a secret is never among them. */
  renderMail(template: string, to: readonly string[], facts: MailFacts): Promise<RenderedMail>;
};

export type MailFacts = { readonly personId: PersonId; readonly link?: string };

/** What is counted on its own: an effect, adoptions, people who are to have access again, people who are given or lose one and the same entitlement. */
export type Braked = Effect | 'adopt' | 'reenable' | 'grantOne' | 'revokeOne';

/** What today's configuration lets the gate do. */
export type GatePolicy = {
  /** `observe` writes nothing, `plan` shows what it would write, `enforce` writes. */
  mode(target: TargetId): 'observe' | 'plan' | 'enforce';
  /** Whether the account is one that nothing is ever written to. */
  isBreakGlass(target: TargetId, nativeId: string): boolean;
  /** How many people changes of an effect may touch within a rolling window; undefined where there is no brake. */
  brake(effect: Braked, population: number): { readonly limit: number; readonly windowMs: number } | undefined;
  /** Where people go to see a pass once: the page of the change. */
  passLink(changeId: string): string;
};

/** Who asks for a change, and on whose behalf. */
export type GateRequest = {
  readonly runId: RunId;
  readonly stepId: string;
  readonly personId: PersonId;
  readonly lane: Lane;
  readonly epoch: number;
  readonly actor: string;
  /** Whether somebody let the run past a brake: brakes count it and hold it no more. */
  readonly released: boolean;
  /** Whether two people have agreed to it: then somebody privileged is contained too. */
  readonly agreed: boolean;
  readonly signal: AbortSignal;
  /** Which accounts were found privileged while this step is performed: read once a step, for it takes several calls. */
  readonly privileged: Map<string, Promise<boolean>>;
};

/** One change of a plan, with its place in it. */
export type Asked<C extends Change = Change> = { readonly change: C; readonly position: number; readonly request: GateRequest };

/** How long one worker may hold a change before another may take it over; every write is given up well before. */
export const leaseMs = 60_000;
export const writeTimeoutMs = 25_000;

/** How long a target may take to show what it accepted; after that a person is told. */
export const patienceMs = 15 * 60_000;

/** How long a new object may stay invisible in a target before its absence is believed. */
export const visibilityMs: Readonly<Record<TargetKind, number>> = {
  entra: 30_000,
  oci: 5_000,
  scim: 5_000,
  ad: 2_000,
  mail: 60_000,
  hr: 2_000,
};
