import type { SourceId } from '../../domain/ids.ts';

/** What HR knows of a worker's new addresses. */
export type FoundContact = { readonly email: string | null; readonly userPrincipalName: string | null };

/** Reads back what was written to HR. */
export type ContactReader = {
  /** Whose worker ids this HR system knows; those of another source may name somebody else here. */
  readonly source: SourceId;
  contactOf(workerId: string, signal: AbortSignal): Promise<FoundContact | undefined>;
};
