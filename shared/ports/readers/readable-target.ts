import type { TargetId } from '../../domain/ids.ts';
import type { Readers } from './readers.ts';

/** The reading half of a connector: what tasks and operations are given. */
export type ReadableTarget = {
  readonly id: TargetId;
  readonly kind: TargetKind;
  readonly reads: Partial<Readers>;
  /** What accounts here do not have, so that it is never planned. */
  readonly lacks?: readonly ('password' | 'manager')[];
  /** Asks the target the cheapest question there is; throws `GatehouseError` when it cannot be reached or does not know us. */
  probe(signal: AbortSignal): Promise<void>;
};
export type TargetKind = 'entra' | 'ad' | 'oci' | 'scim' | 'mail' | 'hr';
