/**
 * The words of the paths that we ask: those of Microsoft Graph, OCI's identity domains and SCIM 2.0 (RFC 7644), the sources of HR, and OAuth. All else in a path may name
 * somebody.
 */
const words: ReadonlySet<string> = new Set(
  `v1.0 beta $batch $count $value $ref delta users groups devices teams applications servicePrincipals organization subscribedSkus subscriptions domains
  members owners manager sponsors directReports memberOf transitiveMemberOf ownedObjects ownedDevices registeredDevices transitiveMembers microsoft.graph.user microsoft.graph.group
  assignLicense revokeSignInSessions licenseDetails appRoleAssignments appRoleAssignedTo mailboxSettings messages sendMail send mailFolders
  authentication methods temporaryAccessPassMethods fido2Methods microsoftAuthenticatorMethods phoneMethods softwareOathMethods windowsHelloForBusinessMethods emailMethods
  passwordMethods platformCredentialMethods directory deletedItems restore administrativeUnits scopedRoleMemberOf directoryRoles directoryObjects getByIds
  roleManagement roleAssignments roleEligibilitySchedules roleDefinitions roleAssignmentSchedules entitlementManagement identityGovernance assignments assignmentRequests accessPackages
  auditLogs signIns oauth2PermissionGrants me checkMemberGroups checkMemberObjects getMemberGroups getMemberObjects
  admin v1 v2 scim Users Groups Me Bulk Schemas ResourceTypes ServiceProviderConfig .search MyRequests Grants Apps AppRoles ApiKeys AuthTokens CustomerSecretKeys
  OAuth2ClientCredentials SmtpCredentials UserDbCredentials Devices UserStatusChanger UserCapabilitiesChanger UserPasswordChanger UserPasswordResetter UserStateChanger UserActivator
  oauth2 token v2.0 api hr workers employees directory changed fields gateway.php status clock settings probe`
    .split(/\s+/)
    .map((word) => word.toLowerCase()),
);

/** The path of an address as it may be told: words of the interface stay, all else is `*`, and the query is left out. */
export function maskedPath(url: string): string {
  if (!URL.canParse(url)) return '*';
  const segments = new URL(url).pathname.split('/').slice(1);
  return `/${segments.map((segment) => maskedSegment(segment)).join('/')}`;
}

// `users(employeeId='1')`, `delta()` and the like: the word stays, its arguments do not.
function maskedSegment(segment: string): string {
  const [, word = segment, call = ''] = /^([^(]*)(\(.*\))?$/.exec(decoded(segment)) ?? [];
  if (word === '') return '';
  if (!words.has(word.toLowerCase())) return '*';
  return call === '' || call === '()' ? word + call : `${word}(*)`;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '*';
  }
}
