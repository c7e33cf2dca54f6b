/** What Gatehouse does in Microsoft Graph with one application permission: the calls by their operations, as Microsoft's documentation names them. */
export type GraphUse = { readonly permission: string; readonly for: string; readonly calls: readonly string[] };

/**
 * Every call of Microsoft Graph that Gatehouse makes, with the least application permission for it (https://learn.microsoft.com/graph/permissions-reference). A call that is not among them fails the tests. Where Microsoft's data
 * names a permission with which less can be seen than is needed, such as `User.ReadBasic.All`, the next one is listed.
 */
export const graphUses: readonly GraphUse[] = [
  {
    permission: 'User.Read.All',
    for: 'finds and reads users, their managers, reports, sponsors, devices and what they own',
    calls: [
      'GET /users',
      'GET /users/{user-id}',
      'GET /users/{user-id}/directReports',
      'GET /users/{user-id}/sponsors',
      'GET /users/{user-id}/ownedObjects',
      'GET /users/{user-id}/ownedDevices/microsoft.graph.device',
      'GET /directory/deletedItems/{directoryObject-id}',
      'GET /directory/deletedItems/microsoft.graph.user',
      'GET /users/delta()',
    ],
  },
  {
    permission: 'User.Read.All',
    for: 'is told of changes of users',
    calls: [
      'GET /subscriptions',
      'POST /subscriptions',
      'PATCH /subscriptions/{subscription-id}',
      'DELETE /subscriptions/{subscription-id}',
    ],
  },
  {
    permission: 'Group.Read.All',
    for: 'is told of changes of groups',
    calls: ['POST /subscriptions'],
  },
  {
    permission: 'User.Read.All',
    for: 'sees whether somebody holds a privilege',
    calls: [
      'GET /users/{user-id}/transitiveMemberOf/microsoft.graph.directoryRole',
      'GET /users/{user-id}/transitiveMemberOf/microsoft.graph.group',
    ],
  },
  {
    permission: 'RoleManagement.Read.Directory',
    for: 'sees whether somebody holds a privilege',
    calls: ['GET /roleManagement/directory/roleAssignments'],
  },
  {
    permission: 'RoleEligibilitySchedule.Read.Directory',
    for: 'sees whether somebody holds a privilege',
    calls: ['GET /roleManagement/directory/roleEligibilityScheduleInstances'],
  },
  {
    permission: 'User.ReadWrite.All',
    for: 'creates and updates users, their managers and sponsors; enables and disables',
    calls: [
      'POST /users',
      'PATCH /users/{user-id}',
      'PUT /users/{user-id}/manager/$ref',
      'DELETE /users/{user-id}/manager/$ref',
      'POST /users/{user-id}/sponsors/$ref',
      'DELETE /users/{user-id}/sponsors/{directoryObject-id}/$ref',
    ],
  },
  {
    permission: 'User.DeleteRestore.All',
    for: 'deletes, restores and erases users',
    calls: [
      'DELETE /users/{user-id}',
      'POST /directory/deletedItems/{directoryObject-id}/restore',
      'DELETE /directory/deletedItems/{directoryObject-id}',
    ],
  },
  {
    permission: 'User.RevokeSessions.All',
    for: 'ends sessions',
    calls: ['POST /users/{user-id}/revokeSignInSessions'],
  },
  {
    permission: 'GroupMember.Read.All',
    for: 'reads groups, their members, owners and changes',
    calls: [
      'GET /groups',
      'GET /groups/{group-id}',
      'GET /groups/{group-id}/owners',
      'GET /groups/{group-id}/members/microsoft.graph.user',
      'GET /groups/delta()',
    ],
  },
  {
    permission: 'Directory.Read.All',
    for: 'reads in which groups and administrative units somebody is',
    calls: ['GET /users/{user-id}/memberOf/microsoft.graph.group', 'GET /users/{user-id}/memberOf/microsoft.graph.administrativeUnit'],
  },
  {
    permission: 'GroupMember.ReadWrite.All',
    for: 'adds and removes members of groups',
    calls: ['POST /groups/{group-id}/members/$ref', 'DELETE /groups/{group-id}/members/{directoryObject-id}/$ref'],
  },
  {
    permission: 'Group.ReadWrite.All',
    for: 'adds up to twenty members in one write; where that is refused they are added one by one',
    calls: ['PATCH /groups/{group-id}'],
  },
  {
    permission: 'Group.ReadWrite.All',
    for: 'hands over the ownership of groups',
    calls: ['POST /groups/{group-id}/owners/$ref', 'DELETE /groups/{group-id}/owners/{directoryObject-id}/$ref'],
  },
  {
    permission: 'LicenseAssignment.Read.All',
    for: 'counts free seats',
    calls: ['GET /subscribedSkus'],
  },
  {
    permission: 'LicenseAssignment.ReadWrite.All',
    for: 'gives and takes licences',
    calls: ['POST /users/{user-id}/assignLicense'],
  },
  {
    permission: 'Application.Read.All',
    for: 'reads the names of roles in applications',
    calls: ['GET /servicePrincipals/{servicePrincipal-id}'],
  },
  {
    permission: 'AppRoleAssignment.ReadWrite.All',
    for: 'reads, gives and takes roles in applications',
    calls: [
      'GET /users/{user-id}/appRoleAssignments',
      'POST /users/{user-id}/appRoleAssignments',
      'DELETE /users/{user-id}/appRoleAssignments/{appRoleAssignment-id}',
    ],
  },
  {
    permission: 'UserAuthMethod-TAP.Read.All',
    for: 'sees Temporary Access Passes',
    calls: ['GET /users/{user-id}/authentication/temporaryAccessPassMethods'],
  },
  {
    permission: 'UserAuthMethod-TAP.ReadWrite.All',
    for: 'issues and removes Temporary Access Passes',
    calls: [
      'POST /users/{user-id}/authentication/temporaryAccessPassMethods',
      'DELETE /users/{user-id}/authentication/temporaryAccessPassMethods/{temporaryAccessPassAuthenticationMethod-id}',
    ],
  },
  {
    permission: 'UserAuthenticationMethod.Read.All',
    for: 'lists ways to sign in',
    calls: ['GET /users/{user-id}/authentication/methods'],
  },
  {
    permission: 'UserAuthMethod-Email.ReadWrite.All',
    for: 'removes ways to sign in',
    calls: ['DELETE /users/{user-id}/authentication/emailMethods/{emailAuthenticationMethod-id}'],
  },
  {
    permission: 'UserAuthMethod-External.ReadWrite.All',
    for: 'removes ways to sign in',
    calls: ['DELETE /users/{user-id}/authentication/externalAuthenticationMethods/{externalAuthenticationMethod-id}'],
  },
  {
    permission: 'UserAuthMethod-Passkey.ReadWrite.All',
    for: 'removes ways to sign in',
    calls: ['DELETE /users/{user-id}/authentication/fido2Methods/{fido2AuthenticationMethod-id}'],
  },
  {
    permission: 'UserAuthMethod-MicrosoftAuthApp.ReadWrite.All',
    for: 'removes ways to sign in',
    calls: ['DELETE /users/{user-id}/authentication/microsoftAuthenticatorMethods/{microsoftAuthenticatorAuthenticationMethod-id}'],
  },
  {
    permission: 'UserAuthMethod-Phone.ReadWrite.All',
    for: 'removes ways to sign in',
    calls: ['DELETE /users/{user-id}/authentication/phoneMethods/{phoneAuthenticationMethod-id}'],
  },
  {
    permission: 'UserAuthMethod-PlatformCred.ReadWrite.All',
    for: 'removes ways to sign in',
    calls: ['DELETE /users/{user-id}/authentication/platformCredentialMethods/{platformCredentialAuthenticationMethod-id}'],
  },
  {
    permission: 'UserAuthMethod-SoftwareOATH.ReadWrite.All',
    for: 'removes ways to sign in',
    calls: ['DELETE /users/{user-id}/authentication/softwareOathMethods/{softwareOathAuthenticationMethod-id}'],
  },
  {
    permission: 'UserAuthMethod-WindowsHello.ReadWrite.All',
    for: 'removes ways to sign in',
    calls: ['DELETE /users/{user-id}/authentication/windowsHelloForBusinessMethods/{windowsHelloForBusinessAuthenticationMethod-id}'],
  },
  {
    permission: 'Device.Read.All',
    for: 'sees who uses a device, and what kind it is',
    calls: ['GET /devices/{device-id}/registeredUsers'],
  },
  {
    permission: 'Device.ReadWrite.All',
    for: 'disables, enables and removes devices',
    calls: ['PATCH /devices/{device-id}', 'DELETE /devices/{device-id}'],
  },
  {
    permission: 'TeamMember.Read.All',
    for: 'sees who is in a team',
    calls: ['GET /teams/{team-id}/members'],
  },
  {
    permission: 'TeamMember.ReadWriteNonOwnerRole.All',
    for: 'adds and removes members of teams',
    calls: ['POST /teams/{team-id}/members', 'DELETE /teams/{team-id}/members/{conversationMember-id}'],
  },
  {
    permission: 'AdministrativeUnit.Read.All',
    for: 'reads administrative units',
    calls: ['GET /directory/administrativeUnits/{administrativeUnit-id}'],
  },
  {
    permission: 'AdministrativeUnit.ReadWrite.All',
    for: 'puts accounts into administrative units and takes them out',
    calls: [
      'POST /directory/administrativeUnits/{administrativeUnit-id}/members/$ref',
      'DELETE /directory/administrativeUnits/{administrativeUnit-id}/members/{directoryObject-id}/$ref',
    ],
  },
  {
    permission: 'EntitlementManagement.Read.All',
    for: 'reads assigned access packages',
    calls: ['GET /identityGovernance/entitlementManagement/assignments'],
  },
  {
    permission: 'EntitlementManagement.ReadWrite.All',
    for: 'assigns access packages and ends them',
    calls: ['POST /identityGovernance/entitlementManagement/assignmentRequests'],
  },
  {
    permission: 'MailboxSettings.Read',
    for: 'reads automatic replies',
    calls: ['GET /users/{user-id}/mailboxSettings'],
  },
  {
    permission: 'MailboxSettings.ReadWrite',
    for: 'sets automatic replies',
    calls: ['PATCH /users/{user-id}/mailboxSettings'],
  },
  {
    permission: 'Mail.ReadWrite',
    for: 'looks for a mail by its key, and writes it as a draft',
    calls: ['GET /users/{user-id}/messages', 'POST /users/{user-id}/messages', 'GET /users/{user-id}/mailFolders/{mailFolder-id}/messages'],
  },
  {
    permission: 'Mail.Send',
    for: 'sends mails',
    calls: ['POST /users/{user-id}/messages/{message-id}/send'],
  },
  {
    permission: 'Organization.Read.All',
    for: 'looks whether the tenant can be reached',
    calls: ['GET /organization'],
  },
];
