import type { Hold } from '../../ports/registry/records.ts';
import type { PersonId } from '../../domain/ids.ts';

/** Somebody's decision about a hold. `oid` is their own object id in the tenant; `personId` narrows a batch to one of its people. */
export type Decision = {
  readonly holdId: string;
  readonly actor: string;
  readonly oid: string | undefined;
  readonly reason: string;
  readonly personId?: PersonId | undefined;
};

/** What came of it: `waiting` for others to agree, or carried out. */
export type Decided =
  | { readonly is: 'waiting'; readonly hold: Hold; readonly approvals: number }
  | { readonly is: 'resumed' | 'cancelled'; readonly hold: Hold; readonly runs: readonly string[] };
