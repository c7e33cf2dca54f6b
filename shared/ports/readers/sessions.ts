/** Reads from when on an account's sessions are valid: sign-ins before that moment are void. Milliseconds since the epoch, null where the target says nothing. */
export type SessionReader = { validFrom(accountId: string, signal: AbortSignal): Promise<number | null> };
