import type { WireAttribute } from './request.ts';

/** The end of an operation (RFC 4511 4.1.9). Codes: 0 success, 5 compareFalse, 6 compareTrue, others are failures. */
export type LdapResult = { readonly code: number; readonly matchedDn?: string; readonly message?: string; readonly referral?: string };

/** One found object. */
export type Entry = { readonly dn: string; readonly attributes: readonly WireAttribute[] };

/** A response control. */
export type ResponseControl = { readonly oid: string; readonly value: Buffer };

/** Everything that answers one request: for a search its entries and references to other parts of the forest, then the result. */
export type Answer = {
  readonly result: LdapResult;
  readonly entries?: readonly Entry[];
  readonly references?: readonly string[];
  readonly controls?: readonly ResponseControl[];
  /** For an extended operation. */
  readonly responseName?: string;
  readonly responseValue?: Buffer;
};
