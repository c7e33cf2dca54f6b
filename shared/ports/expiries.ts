/** Something that stops working by itself: a secret, a certificate. `what` names it for people, and never shows it. */
export type Expiry = { readonly what: string; readonly expiresAt: number };

/** Where such ends can be looked up. Throws, in words for people, where they cannot be. */
export type Expiries = { readonly where: string; list(signal: AbortSignal): Promise<readonly Expiry[]> };
