import { X509Certificate } from 'node:crypto';
import type { Expiries } from '../../ports/expiries.ts';

/** A certificate that we hold ourselves as PEM. */
export type OwnCertificate = { readonly what: string; readonly pem: () => Promise<string> };

/** When our own certificates end, as they say themselves (RFC 5280 section 4.1.2.5). */
export function certificateEnds(certificates: readonly OwnCertificate[]): Expiries {
  return {
    where: 'our own certificates',
    list: () =>
      Promise.all(certificates.map(async ({ what, pem }) => ({ what, expiresAt: new X509Certificate(await pem()).validToDate.getTime() }))),
  };
}
