/** Short-lived secrets of which the registry sees no more than a digest of the name and a sealed value. */
export type SealedStore = {
  /** Keeps a value until `expiresAt`; an older one of the name is gone. */
  keep(nameDigest: string, value: string, expiresAt: number): Promise<void>;
  /** Whether a value is kept that is still good at `now`; one that has run out is gone then. */
  has(nameDigest: string, now: number): Promise<boolean>;
  /** Takes the value out, good or not: of several who ask at once, one is given it. */
  take(nameDigest: string): Promise<{ readonly value: string; readonly expiresAt: number } | undefined>;
};
