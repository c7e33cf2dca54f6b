import { createHash, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Attributes } from './scim/schema.ts';
import { badRequest } from './scim/scim-error.ts';
import type { credentialNames } from './scim/user-schema.ts';

/** A kind of credential that a user of OCI can hold: its resource name and URN, its collection below `/admin/v1`, its name in the user's userCredentials
 * extension, and how many a user may have (https://docs.oracle.com/en-us/iaas/Content/General/service-limits/default.htm; none known: 10). */
export type CredentialKind = {
  readonly resource: string;
  readonly urn: string;
  readonly collection: string;
  readonly listedAs: (typeof credentialNames)[number];
  readonly most: number;
  /** What a client has to give besides the user, and a sample of it, as somebody at the console gives it. */
  readonly needs: Readonly<Record<string, () => unknown>>;
  /** What the domain makes of it: attributes that are shown again, and the secret, which is in the answer to the creation alone. */
  readonly make: (given: Attributes) => { readonly shown: Attributes; readonly secret: Attributes };
};

const idcs = (name: string) => `urn:ietf:params:scim:schemas:oracle:idcs:${name}`;
const random = () => randomBytes(24).toString('base64url');
const active = { status: 'ACTIVE' } as const;

/** The six kinds, by the models of `oci-identitydomains`; URNs as the documentation of Oracle's Terraform provider writes them. */
export const credentialKinds: readonly CredentialKind[] = [
  {
    resource: 'ApiKey',
    urn: idcs('apikey'),
    collection: 'ApiKeys',
    listedAs: 'apiKeys',
    most: 3,
    needs: { key: samplePublicKey },
    make: ({ key }) => ({ shown: { key, fingerprint: fingerprintOf(String(key)) }, secret: {} }),
  },
  {
    resource: 'AuthToken',
    urn: idcs('authToken'),
    collection: 'AuthTokens',
    listedAs: 'authTokens',
    most: 2,
    needs: {},
    make: () => ({ shown: active, secret: { token: random() } }),
  },
  {
    resource: 'CustomerSecretKey',
    urn: idcs('customerSecretKey'),
    collection: 'CustomerSecretKeys',
    listedAs: 'customerSecretKeys',
    most: 2,
    needs: {},
    make: ({ displayName }) => ({
      shown: { ...active, displayName, accessKey: randomBytes(20).toString('hex') },
      secret: { secretKey: random() },
    }),
  },
  {
    resource: 'SmtpCredential',
    urn: idcs('smtpCredential'),
    collection: 'SmtpCredentials',
    listedAs: 'smtpCredentials',
    most: 2,
    needs: {},
    make: () => ({ shown: { ...active, userName: `ocid1.smtp.${randomBytes(8).toString('hex')}` }, secret: { password: random() } }),
  },
  {
    resource: 'OAuth2ClientCredential',
    urn: idcs('oauth2ClientCredential'),
    collection: 'OAuth2ClientCredentials',
    listedAs: 'oAuth2ClientCredentials',
    most: 10,
    needs: { name: () => 'registry', scopes: () => [{ audience: 'registry', scope: 'read' }] },
    make: ({ name, scopes }) => ({ shown: { ...active, name, scopes }, secret: { secret: random() } }),
  },
  {
    resource: 'UserDbCredential',
    urn: idcs('UserDbCredentials'),
    collection: 'UserDbCredentials',
    listedAs: 'dbCredentials',
    most: 10,
    needs: { dbPassword: random },
    make: ({ dbPassword }) => ({ shown: { ...active, expired: false }, secret: { mixedDbPassword: dbPassword } }),
  },
];

/** The fingerprint of a public key in PEM: MD5 of its DER form (https://docs.oracle.com/en-us/iaas/Content/API/Concepts/apisigningkey.htm). Throws a ScimError for what is no RSA key. */
function fingerprintOf(pem: string): string {
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType !== 'rsa') throw new Error('not RSA');
    const digest = createHash('md5')
      .update(key.export({ type: 'spki', format: 'der' }))
      .digest('hex');
    return digest.replaceAll(/(..)(?=.)/g, '$1:');
  } catch {
    throw badRequest('error.sandbox.invalidKey', 'key must be an RSA public key in PEM.');
  }
}

function samplePublicKey(): string {
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' }).toString();
}
