import type { Client } from '../../../cli/client.ts';
import type { PlainCall } from '../eyes/plain-call.ts';
import type { Told } from '../told.ts';

/** What a check is given: calls of its own, and what Gatehouse told of the person when they had left. */
export type Evidence = {
  readonly graph: PlainCall;
  readonly oci: PlainCall | undefined;
  readonly gatehouse: Client;
  /** Where Gatehouse answers. */ readonly publicUrl: string;
  readonly told: Told;
  /** The person's accounts in Entra and OCI; undefined where there are none. */
  readonly user: string | undefined;
  readonly ociUser: string | undefined;
};

/** What a check has found: whether the fact holds, or that it could not be told here. */
export type Finding = { readonly is: 'holds' | 'does not hold' | 'not told'; readonly found: string };

/**
 * Something that Gatehouse is built on or answers for, and that only a real tenant proves. `check` looks for it while the person has left and their accounts are still there (`shut`), or
 * when these are deleted (`gone`); what it would take more than this command to find out says how it is found by hand.
 */
export type Fact = { readonly id: string; readonly fact: string; readonly from: string } & (
  | { readonly at: 'shut' | 'gone'; readonly check: (evidence: Evidence) => Promise<Finding> }
  | { readonly byHand: string }
);
