/**
 * How an account comes by its first password where the target itself has people set it, by a mail. `signsInElsewhere`: the account never has one here. `pending`: the address was not verified yet; null where
 * the target does not say.
 */
export type FoundActivation = { readonly signsInElsewhere: boolean; readonly pending: boolean | null };

/** Reads whether an account still has to be activated. */
export type ActivationReader = { activationOf(accountId: string, signal: AbortSignal): Promise<FoundActivation> };
