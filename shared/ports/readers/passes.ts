import type { Instant } from '../../domain/ids.ts';

/** A Temporary Access Pass as it can be read: never its code. `live` covers usable now and usable from a later start. */
export type FoundPass = { readonly id: string; readonly live: boolean; readonly startsAt: Instant; readonly lifetimeMinutes: number };

/** Reads the authentication methods of an account. */
export type PassReader = {
  passesOf(accountId: string, signal: AbortSignal): Promise<readonly FoundPass[]>;
  /** Kinds of the methods other than the password and passes, such as `fido2` or `microsoftAuthenticator`. */
  otherMethodsOf(accountId: string, signal: AbortSignal): Promise<readonly string[]>;
};
