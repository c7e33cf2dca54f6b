import type { DatabaseSync } from 'node:sqlite';

/** The simulated systems. */
export type SystemName = 'graph' | 'oci' | 'directory' | 'scim' | 'hr' | 'bamboo';

/** One wire request as it was received and answered. */
export type WireRequest = {
  readonly system: SystemName;
  /** The logical operation, for example `users.create`: the name by which faults select calls. */
  readonly operation: string;
  readonly kind: 'read' | 'write';
  readonly method: string;
  /** Path and query as received. */
  readonly path: string;
  /** Bodies may be handed over as they are: `World.record` masks secrets before it stores them. */
  readonly requestBody?: unknown;
  /** The status answered; 0 when the connection was cut instead. */
  readonly status: number;
  readonly responseBody?: unknown;
  readonly requestId: string;
  /** The scheduled fault that struck this call. */
  readonly fault?: DueFault;
};

/** What a scheduled fault does to the call that it hits. */
export type FaultEffect =
  | { readonly status: number; readonly code?: string; readonly message?: string; readonly retryAfter?: number }
  | { readonly reset: true }
  /** An answer whose body is cut off in the middle, or no answer of the protocol at all. */
  | { readonly malformed: true }
  | { readonly delayMs: number };

/** A fault that is due for the call at hand, and whether it strikes before or after the commit. */
export type DueFault = { readonly phase: 'before' | 'after'; readonly effect: FaultEffect };

/** Looks up and uses up scheduled faults. `subject` is the call's path and body as text, to be matched by a fault's `object`. */
export type Faults = { take(system: SystemName, operation: string, subject: string): DueFault | undefined };

/** The addresses at which the world can be reached; a system announces its own once it listens. */
export type WorldUrls = {
  readonly control: string;
  readonly graph: string;
  readonly oci: string;
  /** The address above `/Users` of the application that speaks SCIM. */
  readonly scim: string;
  readonly ldap: string;
  readonly ldaps: string;
  /** The second domain controller; empty until it listens. */
  readonly ldapSecond: string;
  readonly ldapsSecond: string;
};

/** How many people the company has on the first morning, and how many more have left with their accounts still open. */
export type CompanySize = { readonly people: number; readonly left: number };

/** What every simulated system is given. All of them share one SQLite database; each owns the tables with its own prefix (`graph_`, `oci_`, …). */
export type World = {
  readonly database: DatabaseSync;
  readonly dataDir: string;
  /** Decided when the world was made, and kept. */
  readonly companySize: CompanySize;
  /** The world's time: milliseconds since the epoch. */
  readonly now: () => number;
  readonly faults: Faults;
  /** Stores the request with secrets masked, and counts it. Keeps the last 200,000. */
  readonly record: (request: WireRequest) => void;
  /** Remembers a secret that was issued or received, for `GET /secrets`. */
  readonly rememberSecret: (system: SystemName, kind: string, value: string) => void;
  /** Settings changed on the control port, live: read them at each use, do not keep a copy. */
  readonly settings: SandboxSettings;
  /** Where the systems listen, live; the defaults of docs/sandbox.md until announced. */
  readonly urls: WorldUrls;
  /** Makes known where a system listens, for example `announce({ graph: 'http://127.0.0.1:7073' })`. */
  readonly announce: (urls: Partial<WorldUrls>) => void;
};

/** Settings of the directory: whether its Recycle Bin is enabled, how long a controller takes to hear of another's changes (milliseconds of the world's time), and which
 * controllers refuse connections. */
export type DirectorySettings = {
  readonly recycleBin: boolean;
  readonly replicationDelayMs: number;
  readonly unreachable: readonly ('dc1' | 'dc2')[];
  /** Whether AdminSDHolder delegates to the application too, so that it may write protected accounts. */
  readonly protectedWritable: boolean;
};

/** Settings that the control port changes while the world runs. */
export type SandboxSettings = {
  readonly latencyMs: Partial<Record<SystemName, number>>;
  readonly graph: {
    readonly replicationDelayMs: number;
    readonly quota: 'published' | 'none';
    /** Whether the application holds a directory role that may change privileged users in sensitive ways. */
    readonly privilegedWritable: boolean;
    /** The application permissions that Gatehouse's application was granted. */
    readonly permissions: 'all' | readonly string[];
    /** The same of the one that makes privileged changes. */
    readonly handsPermissions: 'all' | readonly string[];
    /** How the delivery of change notifications goes wrong, by chance that `seed` decides; `paused` sends none. */
    readonly notifications: {
      readonly dropPercent: number;
      readonly duplicatePercent: number;
      readonly delayMs: number;
      readonly shuffle: boolean;
      readonly seed: number;
      readonly paused: boolean;
    };
  };
  readonly oci: { readonly quota: 'published' | 'none' };
  readonly directory: DirectorySettings;
  readonly cloudSync: { readonly intervalMs: number; readonly paused: boolean };
};
