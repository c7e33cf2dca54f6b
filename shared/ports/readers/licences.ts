export type FoundLicence = { readonly skuId: string; readonly viaGroup: string | null };

/** Reads licences of an account, and what is left to give. */
export type LicenceReader = {
  licencesOf(accountId: string, signal: AbortSignal): Promise<readonly FoundLicence[]>;
  /** Seats left of a SKU; undefined where the tenant does not have it. */
  seatsLeft(skuId: string, signal: AbortSignal): Promise<number | undefined>;
};
