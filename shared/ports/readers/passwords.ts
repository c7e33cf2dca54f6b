/** Reads when an account's password was last set. Milliseconds since the epoch, null where it never was. */
export type PasswordReader = { lastSet(accountId: string, signal: AbortSignal): Promise<number | null> };
