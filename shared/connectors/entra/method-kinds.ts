/**
 * The collections that keep each kind of authentication method, by which alone it can be deleted
 * (https://learn.microsoft.com/graph/api/resources/authenticationmethods-overview). In the order in which to delete them: those that can be somebody's default come last.
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

/** `#microsoft.graph.fido2AuthenticationMethod` is `fido2`. */
export function methodKind(odataType: string): string {
  return odataType.replace(/^#microsoft\.graph\./, '').replace(/AuthenticationMethod$/, '');
}
