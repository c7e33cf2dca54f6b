import type { PersonId, SourceId, TargetId } from './ids.ts';
import type { Worker } from './worker.ts';

/** The join of a person to an account; from when it is there, only it counts. */
export type AccountLink = {
  readonly target: TargetId;
  readonly nativeId: string;
  readonly personId: PersonId;
  readonly kind: 'primary' | 'admin' | 'guest' | 'service';
  readonly how: 'created' | 'adopted' | 'synced' | 'baseline';
  readonly anchor: string | null;
  readonly since: number;
};

/** A name that was given out, never freed. `folded` is the value without accents, in lower case. */
export type ReservedName = { readonly scope: string; readonly attribute: string; readonly value: string; readonly folded: string };

/** Why a person has an entitlement. */
export type HoldingReason = { readonly kind: 'rule' | 'request' | 'manual' | 'observed'; readonly reference: string };

/** All that a task is told about the person it plans for. */
export type Subject = {
  readonly personId: PersonId;
  readonly displayName: string;
  readonly source: SourceId;
  /** The worker record that counts: the active one, else the newest. */
  readonly worker: Worker;
  readonly links: readonly AccountLink[];
  readonly names: readonly ReservedName[];
  /** The manager, where HR names one who is known. */
  readonly manager: { readonly personId: PersonId; readonly displayName: string; readonly links: readonly AccountLink[] } | null;
};

/** The person's own account in a target. */
export function primaryLink(links: readonly AccountLink[], target: TargetId): AccountLink | undefined {
  return links.find((link) => link.target === target && link.kind === 'primary');
}
