import type { World } from '../../foundation/world.ts';
import { company } from '../../company/company.ts';
import { insertEligibility, roleTemplates } from '../roles/role-templates.ts';
import { addEdge } from '../store/edges.ts';
import { insertObject } from '../store/objects.ts';
import { serviceAccountIds } from './seed-service-accounts.ts';

const privilegedOperators = 'a1000000-0000-4000-8000-00000000000e';
/** The vice president of Platform may become User Administrator when the need arises. */
const eligibleWorker = '10002';

/** Activates three roles: the emergency account is Global Administrator, Privileged Operators are Helpdesk Administrators, nobody is User Administrator for good. */
export function seedRoles(world: World): void {
  const holders: Readonly<Record<string, string | undefined>> = {
    'Global Administrator': serviceAccountIds.breakGlass,
    'Helpdesk Administrator': privilegedOperators,
  };
  for (const template of roleTemplates.filter(({ displayName }) => displayName in holders || displayName === 'User Administrator')) {
    const { id: roleTemplateId, displayName, description } = template;
    const id = roleTemplateId.replace(/^.{8}/, 'f1000000');
    insertObject(world, { kind: 'directoryRole', entity: { id, deletedDateTime: null, displayName, description, roleTemplateId } });
    const holder = holders[displayName];
    if (holder !== undefined) addEdge(world.database, 'roleMembers', id, holder);
  }
  const principalId = company.find(({ workerId }) => workerId === eligibleWorker)?.entraId;
  const role = roleTemplates.find(({ displayName }) => displayName === 'User Administrator');
  if (principalId !== undefined && role !== undefined) insertEligibility(world.database, eligibility(principalId, role.id));
}

function eligibility(principalId: string, roleDefinitionId: string) {
  return {
    id: 'f2000000-0000-4000-8000-000000000001',
    principalId,
    roleDefinitionId,
    directoryScopeId: '/',
    appScopeId: null,
    startDateTime: '2024-01-08T09:00:00Z',
    endDateTime: null,
    memberType: 'Direct',
    roleEligibilityScheduleId: 'f3000000-0000-4000-8000-000000000001',
  };
}
