/** How one domain controller shows an account; null where the controller could not be reached. */
export type ControllerView = { readonly controller: string; readonly enabled: boolean | null };

/** Reads an account on every controller of its directory that is configured: what one has written, another may not have yet. */
export type ControllerReader = { views(accountId: string, signal: AbortSignal): Promise<readonly ControllerView[]> };
