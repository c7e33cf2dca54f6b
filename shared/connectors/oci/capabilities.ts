/**
 * What a user may use to sign in or to be authenticated, each a flag of its own (the capabilities extension of Oracle's `oci-identitydomains` SDK). They are switched by
 * `PUT /UserCapabilitiesChanger/{id}` alone.
 */
export const capabilities = [
  'canUseConsole',
  'canUseConsolePassword',
  'canUseApiKeys',
  'canUseAuthTokens',
  'canUseCustomerSecretKeys',
  'canUseSmtpCredentials',
  'canUseOAuth2ClientCredentials',
  'canUseDbCredentials',
] as const;

const names: ReadonlySet<string> = new Set(capabilities);

/** Whether an attribute is a capability. */
export function isCapability(name: string): boolean {
  return names.has(name);
}
