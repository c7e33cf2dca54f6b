import type { Attributes } from '../../domain/change.ts';

/** An account as it was seen in its target. */
export type FoundAccount = {
  /** The immutable id: Entra object id, AD objectGUID (lower case, with dashes), OCI SCIM id. */
  readonly id: string;
  /** Attributes under the names that mappings use; `enabled` is not among them. */
  readonly attributes: Attributes;
  readonly enabled: boolean;
  readonly employeeId: string | null;
  readonly displayName: string | null;
  /** The value that joins an AD account with its synced Entra user: base64 of `mS-DS-ConsistencyGuid`, else of `objectGUID`. Null where there is none. */
  readonly anchor: string | null;
  /** True for an Entra user that AD masters (`onPremisesSyncEnabled`). */
  readonly masteredElsewhere: boolean;
  /** When the system that masters the account last wrote it here (`onPremisesLastSyncDateTime`), milliseconds since the epoch; null where none does. */
  readonly syncedAt: number | null;
};

/** Reads accounts of one target. Not found is an answer, not an error; all else throws `GatehouseError`. */
export type AccountReader = {
  byId(id: string, signal: AbortSignal): Promise<FoundAccount | undefined>;
  byEmployeeId(employeeId: string, signal: AbortSignal): Promise<readonly FoundAccount[]>;
  /** Always empty where the target knows no anchors. */
  byAnchor(anchor: string, signal: AbortSignal): Promise<readonly FoundAccount[]>;
  /** Ids of the objects that already bear this name (for addresses: as primary or alias). */
  holdersOf(attribute: string, value: string, signal: AbortSignal): Promise<readonly string[]>;
  /** Every account, page by page. */
  all(signal: AbortSignal): AsyncIterable<FoundAccount>;
  /** Whether the account holds a privilege in this target (a directory role, a role-assignable group, an AD-protected group). Fails closed: an unreadable answer throws. */
  isPrivileged(id: string, signal: AbortSignal): Promise<boolean>;
  /** Whether the target keeps the account among its deleted ones, so that it can be restored under its old id. False where it keeps none. */
  isRestorable(id: string, signal: AbortSignal): Promise<boolean>;
  /** Ids of the accounts that name this one as their manager. */
  reportsOf(id: string, signal: AbortSignal): Promise<readonly string[]>;
};
