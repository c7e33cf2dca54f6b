/** A credential that a target keeps for an account beside its password, such as an API key. `id` is what its removal names, and holds its kind. */
export type FoundCredential = { readonly id: string; readonly kind: string; readonly usable: boolean };

/** What could be read of an account's credentials. A kind that could not be read is named: it is never taken for none. */
export type FoundCredentials = {
  readonly credentials: readonly FoundCredential[];
  readonly unreadable: readonly { readonly kind: string; readonly problem: string }[];
};

/** Reads the credentials of an account, all kinds that the target has. */
export type CredentialReader = { credentialsOf(accountId: string, signal: AbortSignal): Promise<FoundCredentials> };
