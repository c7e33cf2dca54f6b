import type { Anchors } from '../../ports/anchor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Registry } from '../../ports/registry/registry.ts';

/** What sealing and verifying the audit need. */
export type AuditDeps = {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly log: Log;
  readonly anchors: Anchors;
};
