/**
 * A private key that signs and is never handed out: kept as a secret, in a file, or in a vault that signs by itself. Signatures are RS256, the one algorithm that every authorisation server of ours takes.
 */
export type SigningKey = {
  /** The name under which the other side knows the certificate of the key (`kid`, RFC 7515 section 4.1.4). */
  readonly id: string;
  /** The claims as a signed token (RFC 7519). Throws `config-invalid` where the key is not there, or is none. */
  sign(claims: Readonly<Record<string, string | number>>): Promise<string>;
};
