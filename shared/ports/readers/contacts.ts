/** What HR knows of a worker's new addresses. */
export type FoundContact = { readonly email: string | null; readonly userPrincipalName: string | null };

/** Reads back what was written to HR. */
export type ContactReader = { contactOf(workerId: string, signal: AbortSignal): Promise<FoundContact | undefined> };
