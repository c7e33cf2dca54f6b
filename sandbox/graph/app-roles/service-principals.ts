import { tenant } from '../../tokens/tenant.ts';

/** An application role (https://learn.microsoft.com/graph/api/resources/approle). */
export type AppRole = {
  readonly id: string;
  readonly displayName: string;
  readonly description: string;
  readonly value: string;
  readonly isEnabled: true;
  readonly origin: 'Application';
  readonly allowedMemberTypes: readonly string[];
};

/** An application of the tenant to which people are assigned (https://learn.microsoft.com/graph/api/resources/serviceprincipal). */
export type ServicePrincipal = {
  readonly id: string;
  readonly displayName: string;
  readonly appRoles: readonly AppRole[];
  readonly [more: string]: unknown;
};

/** Access to an application without a role of its own. */
export const defaultRoleId = '00000000-0000-0000-0000-000000000000';

/** Ids of the roles of docs/sandbox.md. */
export const appRoleIds = {
  crmUser: 'f5000000-0000-4000-8000-000000000001',
  crmAdministrator: 'f5000000-0000-4000-8000-000000000002',
  expensesSubmitter: 'f5000000-0000-4000-8000-000000000003',
  expensesApprover: 'f5000000-0000-4000-8000-000000000004',
} as const;

/** The tenant's two applications. */
export const servicePrincipals: readonly ServicePrincipal[] = [
  application(1, 'Contoso CRM', [
    role(appRoleIds.crmUser, 'User', 'Works with customers.'),
    role(appRoleIds.crmAdministrator, 'Administrator', 'Changes everything.'),
  ]),
  application(2, 'Contoso Expenses', [
    role(appRoleIds.expensesSubmitter, 'Submitter', 'Hands in expenses.'),
    role(appRoleIds.expensesApprover, 'Approver', 'Approves expenses.'),
  ]),
];

/** The application that has this role. */
export function applicationOf(roleId: string): ServicePrincipal | undefined {
  return servicePrincipals.find(({ appRoles }) => appRoles.some(({ id }) => id === roleId));
}

function application(number: number, displayName: string, appRoles: readonly AppRole[]): ServicePrincipal {
  return {
    id: `f4000000-0000-4000-8000-00000000000${number}`,
    deletedDateTime: null,
    accountEnabled: true,
    appId: `f6000000-0000-4000-8000-00000000000${number}`,
    appDisplayName: displayName,
    appOwnerOrganizationId: tenant.id,
    appRoleAssignmentRequired: true,
    displayName,
    appRoles,
    servicePrincipalType: 'Application',
    signInAudience: 'AzureADMyOrg',
    tags: ['WindowsAzureActiveDirectoryIntegratedApp'],
  };
}

function role(id: string, displayName: string, description: string): AppRole {
  return { id, displayName, description, value: displayName, isEnabled: true, origin: 'Application', allowedMemberTypes: ['User'] };
}
