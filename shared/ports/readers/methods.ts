/** A way to sign in that is registered for an account. `id` is what its removal names; the default method can only be removed last. */
export type FoundMethod = { readonly id: string; readonly kind: string; readonly isDefault: boolean };

/** Reads the ways to sign in other than the password and passes. */
export type MethodReader = { methodsOf(accountId: string, signal: AbortSignal): Promise<readonly FoundMethod[]> };
