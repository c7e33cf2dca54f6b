/**
 * The kinds of credentials that an identity domain keeps beside the password: the collection below `/admin/v1`, the capability that lets them be used, and the name in the user's userCredentials extension
 * (Oracle's `oci-identitydomains` SDK).
 */
export const credentialKinds = [
  { collection: 'ApiKeys', capability: 'canUseApiKeys', listedAs: 'apiKeys' },
  { collection: 'AuthTokens', capability: 'canUseAuthTokens', listedAs: 'authTokens' },
  { collection: 'CustomerSecretKeys', capability: 'canUseCustomerSecretKeys', listedAs: 'customerSecretKeys' },
  { collection: 'SmtpCredentials', capability: 'canUseSmtpCredentials', listedAs: 'smtpCredentials' },
  { collection: 'OAuth2ClientCredentials', capability: 'canUseOAuth2ClientCredentials', listedAs: 'oAuth2ClientCredentials' },
  { collection: 'UserDbCredentials', capability: 'canUseDbCredentials', listedAs: 'dbCredentials' },
] as const;

export type CredentialKind = (typeof credentialKinds)[number];
