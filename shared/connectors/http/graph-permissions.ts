/** A call of Microsoft Graph that Gatehouse makes: its operation as Microsoft's documentation names it, the least application permission that serves it, and what it is for. */
export type GraphPermission = { readonly call: string; readonly permission: string; readonly for: string };

const user = '/users/{user-id}';
const group = '/groups/{group-id}';
const methods = `${user}/authentication`;
const entitlement = '/identityGovernance/entitlementManagement';
const messages = `${user}/messages`;

const calls = (permission: string, use: string, ...list: readonly string[]): readonly GraphPermission[] =>
  list.map((call) => ({ call, permission, for: use }));

const methodKinds: readonly (readonly [collection: string, id: string, permission: string])[] = [
  ['emailMethods', 'emailAuthenticationMethod-id', 'UserAuthMethod-Email'],
  ['externalAuthenticationMethods', 'externalAuthenticationMethod-id', 'UserAuthMethod-External'],
  ['fido2Methods', 'fido2AuthenticationMethod-id', 'UserAuthMethod-Passkey'],
  ['microsoftAuthenticatorMethods', 'microsoftAuthenticatorAuthenticationMethod-id', 'UserAuthMethod-MicrosoftAuthApp'],
  ['phoneMethods', 'phoneAuthenticationMethod-id', 'UserAuthMethod-Phone'],
  ['platformCredentialMethods', 'platformCredentialAuthenticationMethod-id', 'UserAuthMethod-PlatformCred'],
  ['softwareOathMethods', 'softwareOathAuthenticationMethod-id', 'UserAuthMethod-SoftwareOATH'],
  ['windowsHelloForBusinessMethods', 'windowsHelloForBusinessAuthenticationMethod-id', 'UserAuthMethod-WindowsHello'],
];

/**
 * Every call of Microsoft Graph that Gatehouse makes, with the least application permission for it (https://learn.microsoft.com/graph/permissions-reference). A call that is not among them fails the tests. Where Microsoft's data
 * names a permission with which less can be seen than is needed, such as `User.ReadBasic.All`, the next one is listed.
 */
export const graphPermissions: readonly GraphPermission[] = [
  ...calls('User.Read.All', 'finds and reads users, their managers, reports, sponsors and what they own', 'GET /users', `GET ${user}`),
  ...calls('User.Read.All', 'finds and reads users, their managers, reports, sponsors and what they own', `GET ${user}/directReports`),
  ...calls('User.Read.All', 'finds and reads users, their managers, reports, sponsors and what they own', `GET ${user}/sponsors`),
  ...calls('User.Read.All', 'finds and reads users, their managers, reports, sponsors and what they own', `GET ${user}/ownedObjects`),
  ...calls('User.Read.All', 'changes of users', 'GET /users/delta()'),
  ...calls('User.ReadWrite.All', 'creates and updates users, manager and sponsors', 'POST /users', `PATCH ${user}`),
  ...calls('User.ReadWrite.All', 'creates and updates users, manager and sponsors', `PUT ${user}/manager/$ref`, `DELETE ${user}/manager/$ref`),
  ...calls(
    'User.ReadWrite.All',
    'creates and updates users, manager and sponsors',
    `POST ${user}/sponsors/$ref`,
    `DELETE ${user}/sponsors/{directoryObject-id}/$ref`,
  ),
  ...calls('User.DeleteRestore.All', 'deletes, restores and erases users', `DELETE ${user}`),
  ...calls('User.DeleteRestore.All', 'deletes, restores and erases users', 'POST /directory/deletedItems/{directoryObject-id}/restore'),
  ...calls('User.DeleteRestore.All', 'deletes, restores and erases users', 'DELETE /directory/deletedItems/{directoryObject-id}'),
  ...calls('User.Read.All', 'looks among deleted users', 'GET /directory/deletedItems/{directoryObject-id}'),
  ...calls('User.Read.All', 'looks among deleted users', 'GET /directory/deletedItems/microsoft.graph.user'),
  ...calls('User.RevokeSessions.All', 'ends sessions', `POST ${user}/revokeSignInSessions`),
  ...calls('GroupMember.Read.All', 'reads groups, members, owners and their changes', 'GET /groups', `GET ${group}`, `GET ${group}/owners`),
  ...calls('GroupMember.Read.All', 'reads groups, members, owners and their changes', `GET ${group}/members/microsoft.graph.user`),
  ...calls('GroupMember.Read.All', 'reads groups, members, owners and their changes', 'GET /groups/delta()'),
  ...calls('Directory.Read.All', 'reads who is in which group and administrative unit', `GET ${user}/memberOf/microsoft.graph.group`),
  ...calls('Directory.Read.All', 'reads who is in which group and administrative unit', `GET ${user}/memberOf/microsoft.graph.administrativeUnit`),
  ...calls('GroupMember.ReadWrite.All', 'adds and removes members of groups', `POST ${group}/members/$ref`),
  ...calls('GroupMember.ReadWrite.All', 'adds and removes members of groups', `DELETE ${group}/members/{directoryObject-id}/$ref`),
  ...calls('Group.ReadWrite.All', 'hands over the ownership of groups', `POST ${group}/owners/$ref`),
  ...calls('Group.ReadWrite.All', 'hands over the ownership of groups', `DELETE ${group}/owners/{directoryObject-id}/$ref`),
  ...calls('User.Read.All', 'sees whether somebody holds a privilege', `GET ${user}/transitiveMemberOf/microsoft.graph.directoryRole`),
  ...calls('User.Read.All', 'sees whether somebody holds a privilege', `GET ${user}/transitiveMemberOf/microsoft.graph.group`),
  ...calls('RoleManagement.Read.Directory', 'sees whether somebody holds a privilege', 'GET /roleManagement/directory/roleAssignments'),
  ...calls(
    'RoleEligibilitySchedule.Read.Directory',
    'sees whether somebody holds a privilege',
    'GET /roleManagement/directory/roleEligibilityScheduleInstances',
  ),
  ...calls('LicenseAssignment.ReadWrite.All', 'gives and takes licences', `POST ${user}/assignLicense`),
  ...calls('LicenseAssignment.Read.All', 'counts free seats', 'GET /subscribedSkus'),
  ...calls('AppRoleAssignment.ReadWrite.All', 'gives and takes roles in applications', `GET ${user}/appRoleAssignments`),
  ...calls('AppRoleAssignment.ReadWrite.All', 'gives and takes roles in applications', `POST ${user}/appRoleAssignments`),
  ...calls(
    'AppRoleAssignment.ReadWrite.All',
    'gives and takes roles in applications',
    `DELETE ${user}/appRoleAssignments/{appRoleAssignment-id}`,
  ),
  ...calls('Application.Read.All', 'reads the names of roles', 'GET /servicePrincipals/{servicePrincipal-id}'),
  ...calls('UserAuthenticationMethod.Read.All', 'lists ways to sign in', `GET ${methods}/methods`),
  ...methodKinds.flatMap(([collection, id, prefix]) =>
    calls(`${prefix}.ReadWrite.All`, 'removes ways to sign in', `DELETE ${methods}/${collection}/{${id}}`),
  ),
  ...calls('UserAuthMethod-TAP.Read.All', 'sees and issues Temporary Access Passes', `GET ${methods}/temporaryAccessPassMethods`),
  ...calls('UserAuthMethod-TAP.ReadWrite.All', 'sees and issues Temporary Access Passes', `POST ${methods}/temporaryAccessPassMethods`),
  ...calls(
    'UserAuthMethod-TAP.ReadWrite.All',
    'sees and issues Temporary Access Passes',
    `DELETE ${methods}/temporaryAccessPassMethods/{temporaryAccessPassAuthenticationMethod-id}`,
  ),
  ...calls('User.Read.All', 'lists devices', `GET ${user}/ownedDevices/microsoft.graph.device`),
  ...calls('Device.Read.All', 'lists devices and their users', 'GET /devices/{device-id}/registeredUsers'),
  ...calls('Device.ReadWrite.All', 'disables and removes devices', 'PATCH /devices/{device-id}', 'DELETE /devices/{device-id}'),
  ...calls('TeamMember.Read.All', 'sees who is in a team', 'GET /teams/{team-id}/members'),
  ...calls('TeamMember.ReadWriteNonOwnerRole.All', 'adds and removes members of teams', 'POST /teams/{team-id}/members'),
  ...calls('TeamMember.ReadWriteNonOwnerRole.All', 'adds and removes members of teams', 'DELETE /teams/{team-id}/members/{conversationMember-id}'),
  ...calls('AdministrativeUnit.Read.All', 'reads administrative units', 'GET /directory/administrativeUnits/{administrativeUnit-id}'),
  ...calls(
    'AdministrativeUnit.ReadWrite.All',
    'puts accounts into administrative units and takes them out',
    'POST /directory/administrativeUnits/{administrativeUnit-id}/members/$ref',
    'DELETE /directory/administrativeUnits/{administrativeUnit-id}/members/{directoryObject-id}/$ref',
  ),
  ...calls('EntitlementManagement.Read.All', 'reads assigned access packages', `GET ${entitlement}/assignments`),
  ...calls('EntitlementManagement.ReadWrite.All', 'assigns access packages and ends them', `POST ${entitlement}/assignmentRequests`),
  ...calls('MailboxSettings.Read', 'sets automatic replies', `GET ${user}/mailboxSettings`),
  ...calls('MailboxSettings.ReadWrite', 'sets automatic replies', `PATCH ${user}/mailboxSettings`),
  ...calls('Mail.ReadWrite', 'looks for a mail by its key, and writes it as a draft', `GET ${messages}`, `POST ${messages}`),
  ...calls('Mail.ReadWrite', 'looks whether the mailbox is there', `GET ${user}/mailFolders/{mailFolder-id}/messages`),
  ...calls('Mail.Send', 'sends mails', `POST ${messages}/{message-id}/send`),
  ...calls('User.Read.All', 'is told of changes of users', 'GET /subscriptions', 'POST /subscriptions', 'PATCH /subscriptions/{subscription-id}'),
  ...calls('User.Read.All', 'is told of changes of users', 'DELETE /subscriptions/{subscription-id}'),
  ...calls('Group.Read.All', 'is told of changes of groups', 'POST /subscriptions'),
  ...calls('Organization.Read.All', 'looks whether the tenant can be reached', 'GET /organization'),
];
