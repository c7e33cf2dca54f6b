import { generateKeyPairSync } from 'node:crypto';
import { CircuitBreaker, SimpleAuthenticationDetailsProvider } from 'oci-common';
import { IdentityDomainsClient } from 'oci-identitydomains';
import type { OciClient } from '../sandbox/oci/oci-client.ts';

/** A key pair as Oracle's documentation has users make it, in PEM. */
export function anApiSigningKey(): { readonly publicKey: string; readonly privateKey: string } {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

/** Oracle's own SDK, signing as the user with this id, by an API key that is uploaded for them first; and the id of that key. */
export async function anOracleSdk(
  domain: OciClient,
  userId: string,
): Promise<{ readonly sdk: IdentityDomainsClient; readonly keyId: string }> {
  const { publicKey, privateKey } = anApiSigningKey();
  const { body } = await domain.call('POST', '/ApiKeys', { key: publicKey, user: { value: userId } });
  const { ocid } = (await domain.call('GET', `/Users/${userId}`)).body as unknown as { readonly ocid: string };
  const { fingerprint } = body as unknown as { readonly fingerprint: string };
  const authenticationDetailsProvider = new SimpleAuthenticationDetailsProvider(
    'ocid1.tenancy.oc1..contoso',
    ocid,
    fingerprint,
    privateKey,
    null,
  );
  // Its breaker would stop calling after failures that a test provokes.
  const circuitBreaker = new CircuitBreaker({ disableClientCircuitBreaker: true });
  const sdk = new IdentityDomainsClient({ authenticationDetailsProvider }, { circuitBreaker });
  sdk.endpoint = domain.url;
  return { sdk, keyId: body.id };
}
