/** Reads who answers for an account, such as a guest's. */
export type SponsorReader = {
  /** Ids of the sponsors, people or groups. */
  sponsorsOf(accountId: string, signal: AbortSignal): Promise<readonly string[]>;
};
