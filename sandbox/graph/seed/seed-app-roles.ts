import type { CompanyPerson } from '../../company/company.ts';
import type { World } from '../../foundation/world.ts';
import { insertAssignment } from '../app-roles/assignment-store.ts';
import { appRoleIds, applicationOf } from '../app-roles/service-principals.ts';

/** Assigns Sales to the CRM and Finance to Expenses; the heads of both with the higher role, everyone who reports to them with the lower one. */
export function seedAppRoles(world: World, people: readonly CompanyPerson[]): void {
  for (const person of people.filter(({ preexisting }) => !preexisting)) {
    const appRoleId = roleOf(person);
    const application = appRoleId === undefined ? undefined : applicationOf(appRoleId);
    if (appRoleId === undefined || application === undefined) continue;
    const createdDateTime = `${person.hireDate}T09:00:00Z`;
    insertAssignment(world.database, { userId: person.entraId, resourceId: application.id, appRoleId, createdDateTime });
  }
}

function roleOf({ department, managerId }: CompanyPerson): string | undefined {
  const isHead = managerId === '10001';
  if (department === 'Sales') return isHead ? appRoleIds.crmAdministrator : appRoleIds.crmUser;
  if (department === 'Finance') return isHead ? appRoleIds.expensesApprover : appRoleIds.expensesSubmitter;
  return undefined;
}
