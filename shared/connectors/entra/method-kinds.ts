/**
 * The collections that keep each kind of authentication method, by which alone it can be deleted
 * (https://learn.microsoft.com/graph/api/resources/authenticationmethods-overview).
 */
export const methodCollections: Readonly<Record<string, string>> = {
  fido2: 'fido2Methods',
  windowsHelloForBusiness: 'windowsHelloForBusinessMethods',
  platformCredential: 'platformCredentialMethods',
  external: 'externalAuthenticationMethods',
  email: 'emailMethods',
  softwareOath: 'softwareOathMethods',
  phone: 'phoneMethods',
  microsoftAuthenticator: 'microsoftAuthenticatorMethods',
};

const eligible: ReadonlySet<string> = new Set(['microsoftAuthenticator', 'phone', 'softwareOath']);

/** Whether a kind can be somebody's default for multifactor authentication (https://learn.microsoft.com/graph/api/resources/signinpreferences). */
export function canBeDefault(kind: string): boolean {
  return eligible.has(kind);
}

/** `#microsoft.graph.fido2AuthenticationMethod` is `fido2`. */
export function methodKind(odataType: string): string {
  return odataType.replace(/^#microsoft\.graph\./, '').replace(/AuthenticationMethod$/, '');
}
