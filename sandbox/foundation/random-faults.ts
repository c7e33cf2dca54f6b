import { createHash } from 'node:crypto';
import type { DueFault, FaultEffect, SystemName } from './world.ts';

/** Faults at random: so many per cent of the calls of each system fail, in every way that the system documents. `systems`: all of them unless named. */
export type RandomOrder = { readonly percent: number; readonly seed: number; readonly systems?: readonly SystemName[] };

/** What struck so far, by kind, such as `graph 503 before`. */
export type StruckAtRandom = Readonly<Record<string, number>>;

/** Decides call by call. The n-th call of an operation meets the same fault under the same seed, however calls of other operations come in between. */
export type RandomFaults = {
  readonly take: (system: SystemName, operation: string) => DueFault | undefined;
  readonly struck: () => StruckAtRandom;
};

const before = (effect: FaultEffect): DueFault => ({ phase: 'before', effect });
const after = (effect: FaultEffect): DueFault => ({ phase: 'after', effect });
const resets = [before({ reset: true }), after({ reset: true })];
const slow = [before({ delayMs: 150 }), after({ delayMs: 150 })];
// Graph: 429 with Retry-After, 503 with and without (https://learn.microsoft.com/graph/throttling, /errors). OCI and SCIM: RFC 7644 section 3.12, RFC 6585 section 4. An error 500
// after the commit is an answer that lies.
const http = [
  before({ status: 429, retryAfter: 1 }),
  before({ status: 503, retryAfter: 1 }),
  before({ status: 503 }),
  before({ status: 500 }),
  before({ status: 504 }),
  after({ status: 500 }),
  after({ status: 504 }),
  ...resets,
  ...slow,
];
// LDAP: busy (51), unavailable (52): RFC 4511 appendix A.
const ldap = [before({ status: 51 }), before({ status: 52 }), ...resets, ...slow];
const ways: Readonly<Record<SystemName, readonly DueFault[]>> = {
  graph: http,
  oci: http,
  hr: http,
  scim: http,
  bamboo: http,
  directory: ldap,
};

/** Makes the faults of an order. */
export function randomFaults({ percent, seed, systems }: RandomOrder): RandomFaults {
  const seen = new Map<string, number>();
  const struck: Record<string, number> = {};
  const take = (system: SystemName, operation: string): DueFault | undefined => {
    if (systems !== undefined && !systems.includes(system)) return undefined;
    const key = `${system} ${operation}`;
    const number = (seen.get(key) ?? 0) + 1;
    seen.set(key, number);
    const draw = createHash('sha256').update(`${seed} ${key} ${number}`).digest();
    if (draw.readUInt32BE(0) / 2 ** 32 >= percent / 100) return undefined;
    const list = ways[system];
    const due = list[draw.readUInt32BE(4) % list.length];
    if (due !== undefined) struck[kindOf(system, due)] = (struck[kindOf(system, due)] ?? 0) + 1;
    return due;
  };
  return { take, struck: () => struck };
}

function kindOf(system: SystemName, { phase, effect }: DueFault): string {
  const what =
    'status' in effect
      ? `${effect.status}${effect.retryAfter === undefined ? '' : ' with Retry-After'}`
      : 'reset' in effect
        ? 'reset'
        : 'malformed' in effect
          ? 'malformed'
          : 'slow';
  return `${system} ${what} ${phase}`;
}
