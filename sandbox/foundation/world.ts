import type { DatabaseSync } from 'node:sqlite';

/** The simulated systems. */
export type SystemName = 'graph' | 'oci' | 'directory' | 'hr';

/** One wire request as it was received and answered. Secrets are masked before a row is made. */
export type WireRequest = {
  readonly system: SystemName;
  readonly operation: string;
  readonly kind: 'read' | 'write';
  readonly method: string;
  readonly path: string;
  readonly requestBody?: unknown;
  readonly status: number;
  readonly responseBody?: unknown;
  readonly requestId: string;
};

/** What a scheduled fault does to the call that it hits. */
export type FaultEffect =
  | { readonly status: number; readonly code?: string; readonly message?: string; readonly retryAfter?: number }
  | { readonly reset: true }
  | { readonly delayMs: number };

/** A fault that is due for the call at hand, and whether it strikes before or after the commit. */
export type DueFault = { readonly phase: 'before' | 'after'; readonly effect: FaultEffect };

/** Looks up and uses up scheduled faults. `subject` is the call's path and body as text, to be matched by a fault's `object`. */
export type Faults = { take(system: SystemName, operation: string, subject: string): DueFault | undefined };

/** What every simulated system is given. All of them share one SQLite database; each owns the tables with its own prefix (`graph_`, `oci_`, …). */
export type World = {
  readonly database: DatabaseSync;
  readonly dataDir: string;
  /** The world's time: milliseconds since the epoch. */
  readonly now: () => number;
  readonly faults: Faults;
  readonly record: (request: WireRequest) => void;
  /** Remembers a secret that was issued or received, for `GET /secrets`. */
  readonly rememberSecret: (system: SystemName, kind: string, value: string) => void;
  /** Settings changed on the control port, live. */
  readonly settings: SandboxSettings;
};

/** Settings that the control port changes while the world runs. */
export type SandboxSettings = {
  readonly latencyMs: Partial<Record<SystemName, number>>;
  readonly graph: { readonly replicationDelayMs: number; readonly quota: 'published' | 'none' };
  readonly cloudSync: { readonly intervalMs: number; readonly paused: boolean };
};
