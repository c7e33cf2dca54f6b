/** Hands out access tokens for one target, cached until shortly before they expire. `renew` throws the cached one away. */
export type TokenSource = { token(signal: AbortSignal): Promise<string>; renew(): void };
